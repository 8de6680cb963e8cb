"""The finished model folder: text files, manifest, and taking its place in one step."""
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import tempfile

from .configuration import languages_of
from .failure import NOT_WRITABLE, ConversionFailure
from .sources import DIALECT

NEEDED = ["config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json"]
MANIFEST = "manifest.json"
LICENCE_NAMES = {"mit": "MIT", "apache-2.0": "Apache-2.0"}


@contextlib.contextmanager
def replacing(target, force):
    """A new folder beside `target` that takes its place at the end; on any failure it is gone and `target` as it was."""
    if target.exists() and not force:
        raise ConversionFailure(f"{target}: already there: choose another name, or --force to replace it", NOT_WRITABLE)
    # --force replaces models, never a folder of other things named by mistake
    if target.exists() and not (target.is_dir() and ((target / MANIFEST).exists() or not any(target.iterdir()))):
        raise ConversionFailure(f"{target}: not a model folder (no {MANIFEST}): --force replaces only those", NOT_WRITABLE)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = pathlib.Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise ConversionFailure(f"{target.parent}: can't be written: {error.strerror}", NOT_WRITABLE) from None
    try:
        fresh, old = work / "new", work / "old"
        fresh.mkdir()
        yield fresh
        if target.exists():
            target.rename(old)
        fresh.rename(target)
    except OSError as error:
        raise ConversionFailure(f"{target}: can't be written: {error.strerror}", NOT_WRITABLE) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def check_texts(source):
    """Fails with every file that a pack needs and `source` lacks."""
    missing = [name for name in NEEDED if not (source / name).is_file()]
    if missing:
        raise ConversionFailure(f"{source}: {', '.join(missing)} missing: take it from the model that the weights come from")


def copy_texts(source, target):
    """The files that the runtime reads beside the graphs, and licence and card where there are some."""
    for path in [source / name for name in NEEDED] + sorted(source.glob("LICENSE*")) + sorted(source.glob("README.md")):
        shutil.copyfile(path, target / path.name)


def describe(source, name, licence, origin, how, generation, configuration):
    """What the manifest says of the model. Licence and origin, where not given, are those of the source's manifest or card."""
    manifest = json.loads((source / MANIFEST).read_text(encoding="utf-8")) if (source / MANIFEST).exists() else {}
    origin = origin or manifest.get("origin") or f"weights of {source.resolve().name}"
    return {
        "name": name,
        "kind": "whisper",
        "licence": licence or manifest.get("licence") or licence_of(source) or "unknown",
        "origin": f"{origin}; convert-whisper {how}",
        "notes": f"dialect {DIALECT}",
        "languages": languages_of(generation, configuration),
    }


def licence_of(source):
    """The licence that the card's front matter names, else that a licence text begins with, else None."""
    card = source / "README.md"
    lines = card.read_text(encoding="utf-8", errors="replace").splitlines() if card.exists() else []
    if lines[:1] == ["---"]:
        for line in lines[1:]:
            if line == "---":
                break
            if line.startswith("license:"):
                named = line.partition(":")[2].strip().strip("'\"")
                return LICENCE_NAMES.get(named, named)
    for path in sorted(source.glob("LICENSE*")):
        head = path.read_text(encoding="utf-8", errors="replace")[:400]
        for words, named in (("MIT License", "MIT"), ("Apache License", "Apache-2.0")):
            if words in head:
                return named
    return None


def write_manifest(folder, description):
    """manifest.json over all files of the folder: the runtime loads nothing that is not in it."""
    files = [{"path": path.name, "bytes": path.stat().st_size, "sha256": sha256(path)} for path in sorted(folder.iterdir())]
    (folder / MANIFEST).write_text(json.dumps({**description, "files": files}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def size(folder):
    """Bytes of all files."""
    return sum(os.path.getsize(path) for path in folder.iterdir())
