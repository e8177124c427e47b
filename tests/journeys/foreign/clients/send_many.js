// Sends many messages as fast as it can, and ends when the broker has confirmed every one of them.
// Reads what to send as JSON from standard input.
const amqp = require("amqplib");
const { readFileSync } = require("node:fs");

async function main() {
  const { url, key, contentType, bodies } = JSON.parse(readFileSync(0, "utf8"));
  const connection = await amqp.connect(url);
  const channel = await connection.createConfirmChannel();
  for (const body of bodies) {
    channel.publish("ingress", key, Buffer.from(body), { contentType, persistent: true });
  }
  await channel.waitForConfirms();
  await connection.close();
  console.log(JSON.stringify({ confirmed: bodies.length }));
}

main();
