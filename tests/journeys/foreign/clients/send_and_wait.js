// Sends one event and waits for its answer at a direct reply-to address. Reads what to send as JSON
// from standard input; prints {"answer": …}, or {"refused": the broker's code}.
const amqp = require("amqplib");
const { CloudEvent, HTTP } = require("cloudevents");
const { readFileSync } = require("node:fs");

// The SDK makes the message of an event; what is no event is sent as it is.
function messageOf(asked) {
  if (!asked.event) return { headers: {}, contentType: asked.contentType, body: asked.body };
  const { headers, body } = HTTP[asked.mode](new CloudEvent(asked.event));
  const { "content-type": contentType, ...attributes } = headers;
  return { headers: attributes, contentType, body };
}

async function main() {
  const asked = JSON.parse(readFileSync(0, "utf8"));
  const connection = await amqp.connect(asked.url);
  const channel = await connection.createConfirmChannel();
  const print = (said) => {
    console.log(JSON.stringify(said));
    connection.close();
  };
  channel.on("error", (error) => print({ refused: error.code }));
  await channel.consume(
    "amq.rabbitmq.reply-to",
    (message) => print({ answer: JSON.parse(message.content) }),
    { noAck: true },
  );
  const { headers, contentType, body } = messageOf(asked);
  const options = { headers, contentType, persistent: true, replyTo: "amq.rabbitmq.reply-to" };
  channel.publish("ingress", asked.key, Buffer.from(body), options);
}

main();
