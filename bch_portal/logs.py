"""What the portal writes to its log: JSON lines in production, plain lines for people."""

import structlog

BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def logging_settings(*, as_json, level):
    """Django's LOGGING: standard library loggers and structlog's in the same shape."""
    structlog.configure(
        processors=[*BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    shape = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else plain
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": BEFORE,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, shape],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"events": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
        },
    }


def plain(logger, name, event):
    """One readable line: time, level, what happened, and what is known about it."""
    when, level, text = event.pop("timestamp")[11:19], event.pop("level"), event.pop("event")
    trace = event.pop("exception", "")
    known = " ".join(f"{key}={value}" for key, value in event.items() if key not in ("logger", "request"))
    return f"{when} {level}: {text} {known}".rstrip() + (f"\n{trace}" if trace else "")
