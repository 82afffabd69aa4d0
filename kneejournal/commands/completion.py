"""The command that prints what a shell needs to complete kneejournal's words."""

import click

from kneejournal.commands.command import Command
from kneejournal.commands.printing import say
from kneejournal.commands.suggestions import COMPLETION
from kneejournal.errors import WrongUsage

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script by which your shell completes words.

    Commands and options, exercises, symptoms, days, shoes, entries and pages are completed.

    \b
    bash (4.4 or newer), in ~/.bashrc:   eval "$(kneejournal completion bash)"
    zsh, in ~/.zshrc after compinit:     eval "$(kneejournal completion zsh)"
    fish:  kneejournal completion fish > ~/.config/fish/completions/kneejournal.fish
    """
    from click.shell_completion import ShellComplete, get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise WrongUsage(f"There is no completion for {shell} here.")
    # The shell's own class would ask the shell for its version first, which needs a process of its own.
    say(ShellComplete.source(found(context.find_root().command, {}, "kneejournal", COMPLETION)))
