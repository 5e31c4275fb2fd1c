"""The limits Discord documents, checked on what the bot sends.

Each check yields the rules that a body breaks. Discord refuses a body that breaks a limit; the
checks of mentions and secrets are about what Discord would let through and no bot of ours may send.
"""

from .commands import check_commands
from .embeds import embed_texts
from .messages import check_mentions, check_message, check_secrets
from .modals import check_modal
from .options import check_choices
from .threads import check_thread

__all__ = [
    "check_choices",
    "check_commands",
    "check_mentions",
    "check_message",
    "check_modal",
    "check_secrets",
    "check_thread",
    "embed_texts",
]
