"""`vigsite schema`: JSON Schemas, so that an editor completes and checks while typing."""

from __future__ import annotations

from pathlib import Path

import click

from vigsite.cli.echo import echo


@click.command()
@click.argument("file", type=click.Choice(["case", "cycle", "closing"]), required=False)
@click.option("--out", type=click.Path(path_type=Path), help="Write all three into this folder.")
def schema(file: str | None, out: Path | None) -> None:
    """Print the JSON Schemas of a case's files.

    Of case.yml, cycle.yml or closing.yml, so that an editor completes and checks while you type.
    """
    import json

    from vigsite.case.schema import FILES, schema_of
    from vigsite.errors import InputError
    from vigsite.files.atomic import write_whole

    texts = {name: json.dumps(schema_of(model), indent=2) + "\n" for name, model in FILES.items()}
    if out is not None:
        for name, text in texts.items():
            write_whole(out / f"{name}.schema.json", text)
            echo(f"Wrote {out / f'{name}.schema.json'}")
    elif file is not None:
        echo(texts[file], nl=False)
    else:
        raise InputError("Name one of case, cycle, closing, or give --out DIR for all three.")
