"""The settings of a sample installation: a story's clock, an issuer and a mailbox of its own, and
secrets that are made once. A file each, in a folder for each that reads them."""

import json
from collections.abc import Mapping
from pathlib import Path

from joserfc.jwk import ECKey

from deploy.demo.course import read_course

from .chosen import SECRETS_OF_A_SERVICE, SECRETS_OF_SERVERS, SERVICES, new_secret

ASKED_FOR = "asked-for"
"""The mark that the sample was asked for this time."""
WHOLE = "whole"
"""The mark that nothing is missing."""
ISSUER = "urn:cadre:local-issuer"
MAILBOX = "http://mailbox:8000/mailbox/gateway"
MAILBOX_IN_THE_PROXY = """location /mailbox {
    set $mailbox mailbox:8000;
    proxy_pass http://$mailbox;
}
"""
Settings = Mapping[str, Mapping[str, str]]


def write_sample(folder: Path, origin: str) -> None:
    """Write all of it, if that has not been done: secrets stay what they were made."""
    if not (folder / WHOLE).exists():
        for part, settings in _settings().items():
            (folder / part).mkdir(exist_ok=True)
            for name, text in settings.items():
                _write(folder / part / name, text)
        (folder / WHOLE).touch()
    _write(folder / "all" / "CADRE_ORIGIN", origin)
    (folder / ASKED_FOR).touch()


def _write(file: Path, text: str) -> None:
    """For every user that a container may run as."""
    file.unlink(missing_ok=True)
    file.write_text(text)
    file.chmod(0o444)


def _settings() -> Settings:
    key, gateway = ECKey.generate_key("P-256"), new_secret()
    issuers = [{"name": ISSUER, "key": key.as_dict(private=False)}]
    own = {service: {name: new_secret() for name in SECRETS_OF_A_SERVICE} for service in SERVICES}
    servers = {name: new_secret() for name in SECRETS_OF_SERVERS}
    for service in SERVICES:
        servers |= {f"{name}_{service.upper()}": text for name, text in own[service].items()}
    management = {name: servers[name] for name in ("CADRE_BROKER_MANAGEMENT_PASSWORD",)}
    issuing = {"CADRE_ISSUER": ISSUER, "CADRE_ISSUER_KEY": json.dumps(key.as_dict(private=True))}
    receiving = {
        "CADRE_SENDER": "Cadre <notices@cadre.example>",
        "CADRE_SMTP_HOST": "mailbox",
        "CADRE_SMTP_PORT": "1025",
        "CADRE_SMTP_SECURITY": "none",
        "CADRE_SMTP_INQUIRY_URL": MAILBOX,
        "CADRE_SMTP_INQUIRY_KEY": gateway,
        "CADRE_SMS_URL": MAILBOX,
        "CADRE_SMS_KEY": gateway,
    }
    for_all = {
        "CADRE_INSTALLATION": "sample",
        "CADRE_STORY": read_course().begins,
        "CADRE_ISSUERS": json.dumps(issuers),
    }
    return {
        "all": for_all,
        **own,
        "registration": own["registration"] | management | issuing,
        "notifications": own["notifications"] | receiving,
        "servers": servers,
        "postgres": {"POSTGRES_PASSWORD": servers["CADRE_POSTGRESQL_PASSWORD"]},
        "rabbitmq": {"RABBITMQ_DEFAULT_PASS": servers["CADRE_BROKER_MANAGEMENT_PASSWORD"]},
        "proxy": {"mailbox.conf": MAILBOX_IN_THE_PROXY},
    }
