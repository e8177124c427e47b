"""The transport of services that run apart: RabbitMQ, by way of FastStream."""

from .transport import RabbitTransport

__all__ = ["RabbitTransport"]
