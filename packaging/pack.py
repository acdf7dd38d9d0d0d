#!/usr/bin/env python3
"""Packs a program that was built: an archive, a Debian package and a Python wheel, each with completions and man pages, and an
image for containers.

    packaging/pack.py PROGRAM TARGET FOLDER

PROGRAM is the file, TARGET the triple of Rust that it was built for, FOLDER where the packages go. The same program gives the
same bytes: names are in order, and every file has the time of SOURCE_DATE_EPOCH.
"""

import argparse
import base64
import gzip
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
import time
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]
NAME, VERSION = PACKAGE["name"], PACKAGE["version"]
TIME = int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))
LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"]

# Where shells look for completions, below `usr` or the root of a Python environment.
COMPLETIONS = {
    "bash": "share/bash-completion/completions/precedent",
    "fish": "share/fish/vendor_completions.d/precedent.fish",
    "zsh": "share/zsh/vendor-completions/_precedent",
}

DEBIAN = {"x86_64-unknown-linux-gnu": "amd64", "aarch64-unknown-linux-gnu": "arm64"}

# A program that is linked statically runs wherever the kernel does.
WHEELS = {
    "x86_64-unknown-linux-gnu": "manylinux_2_17_x86_64.musllinux_1_1_x86_64",
    "aarch64-unknown-linux-gnu": "manylinux_2_17_aarch64.musllinux_1_1_aarch64",
    "x86_64-apple-darwin": "macosx_11_0_x86_64",
    "aarch64-apple-darwin": "macosx_11_0_arm64",
    "x86_64-pc-windows-msvc": "win_amd64",
}


def made_by(program):
    """Returns completions and man pages, by their paths below `usr`."""
    files = {}
    for shell, path in COMPLETIONS.items():
        files[path] = subprocess.run([program, "completions", shell], check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "man", folder], check=True)
        for page in sorted(Path(folder).iterdir()):
            files[f"share/man/man1/{page.name}"] = page.read_bytes()
    return files


def tar(files, prefix="", writable=()):
    """Returns an archive of files by path; a program is what has the mode for it. Anybody may write to some folders."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        folders = {str(parent) for path in files for parent in Path(path).parents if str(parent) != "."} | set(writable)
        for path in sorted(folders | set(files)):
            info = tarfile.TarInfo(prefix + path)
            info.mtime, info.uname, info.gname = TIME, "root", "root"
            if path in folders:
                info.type, info.mode = tarfile.DIRTYPE, 0o1777 if path in writable else 0o755
                archive.addfile(info)
            else:
                content, info.mode = files[path]
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zipped(files):
    """Returns a ZIP archive of files by path."""
    out = io.BytesIO()
    day = max(time.gmtime(TIME)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, (content, mode) in files.items():
            info = zipfile.ZipInfo(path, day)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, (0o100000 | mode) << 16, 3
            archive.writestr(info, content)
    return out.getvalue()


def compressed(content):
    return gzip.compress(content, 9, mtime=TIME)


def archive(program, target, made):
    """The archive that `cargo binstall` takes: one folder with all in it."""
    suffix = ".exe" if "windows" in target else ""
    folder = f"{NAME}-{target}"
    files = {f"{NAME}{suffix}": (program, 0o755)}
    for name in [*LICENCES, "README.md", "CHANGELOG.md"]:
        files[name] = ((ROOT / name).read_bytes(), 0o644)
    for path, content in made.items():
        files[path.removeprefix("share/")] = (content, 0o644)
    inside = {f"{folder}/{path}": file for path, file in sorted(files.items())}
    if suffix:
        return f"{folder}.zip", zipped(inside)
    return f"{folder}.tar.gz", compressed(tar(inside))


def ar(members):
    """Returns members as `ar` keeps them, which is what a Debian package is."""
    out = b"!<arch>\n"
    for name, content in members:
        head = f"{name:<16}{TIME:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n"
        out += head.encode() + content + (b"\n" if len(content) % 2 else b"")
    return out


def debian(program, target, made):
    architecture = DEBIAN[target]
    doc = f"usr/share/doc/{NAME}"
    files = {f"usr/bin/{NAME}": (program, 0o755)}
    for path, content in made.items():
        if path.startswith("share/man/"):
            path, content = path + ".gz", compressed(content)
        files[f"usr/{path}"] = (content, 0o644)
    licence = (ROOT / "LICENSE-MIT").read_text()
    head = (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: {NAME}\nSource: {PACKAGE['repository']}\n\n"
        "Files: *\nCopyright: The authors of Precedent\nLicense: Expat or Apache-2.0\n"
        " On Debian systems the Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.\n"
    )
    text = "".join(f" {line}\n" if line.strip() else " .\n" for line in licence.splitlines())
    files[f"{doc}/copyright"] = ((head + text).encode(), 0o644)
    day = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(TIME))
    news = f"{NAME} ({VERSION}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- {MAINTAINER}  {day}\n"
    files[f"{doc}/changelog.gz"] = (compressed(news.encode()), 0o644)
    files[f"{doc}/CHANGELOG.md.gz"] = (compressed((ROOT / "CHANGELOG.md").read_bytes()), 0o644)
    size = sum(len(content) for content, _ in files.values()) // 1024 + 1
    control = (
        f"Package: {NAME}\nVersion: {VERSION}\nArchitecture: {architecture}\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {size}\nSection: text\nPriority: optional\nRecommends: git\nHomepage: {PACKAGE['homepage']}\n"
        f"Description: developer knowledge base from Markdown in git\n"
        " Turns decisions, guidelines and pages into a static site, a live preview and\n a full-text search.\n"
    )
    sums = "".join(f"{hashlib.md5(content).hexdigest()}  {path}\n" for path, (content, _) in sorted(files.items()))
    about = {"control": (control.encode(), 0o644), "md5sums": (sums.encode(), 0o644)}
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.gz", compressed(tar(about, "./"))),
        ("data.tar.gz", compressed(tar(files, "./"))),
    ]
    return f"{NAME}_{VERSION}_{architecture}.deb", ar(members)


def wheel(program, target, made):
    suffix = ".exe" if "windows" in target else ""
    base, tags = f"{NAME}-{VERSION}", WHEELS[target]
    info = f"{base}.dist-info"
    files = {f"{base}.data/scripts/{NAME}{suffix}": (program, 0o755)}
    if not suffix:
        files |= {f"{base}.data/data/{path}": (content, 0o644) for path, content in made.items()}
    metadata = (
        f"Metadata-Version: 2.4\nName: {NAME}\nVersion: {VERSION}\nSummary: {PACKAGE['description']}\n"
        f"License-Expression: {PACKAGE['license']}\n"
        + "".join(f"License-File: {name}\n" for name in LICENCES)
        + f"Project-URL: Documentation, {PACKAGE['documentation']}\nProject-URL: Source, {PACKAGE['repository']}\n"
        f"Requires-Python: >=3.8\nDescription-Content-Type: text/markdown\n\n"
    )
    files[f"{info}/METADATA"] = (metadata.encode() + (ROOT / "README.md").read_bytes(), 0o644)
    lines = "".join(f"Tag: py3-none-{tag}\n" for tag in tags.split("."))
    files[f"{info}/WHEEL"] = (f"Wheel-Version: 1.0\nGenerator: {NAME}\nRoot-Is-Purelib: false\n{lines}".encode(), 0o644)
    for name in LICENCES:
        files[f"{info}/licenses/{name}"] = ((ROOT / name).read_bytes(), 0o644)
    record = ""
    for path, (content, _) in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(content)}\n"
    files[f"{info}/RECORD"] = (f"{record}{info}/RECORD,,\n".encode(), 0o644)
    return f"{base}-py3-none-{tags}.whl", zipped(files)


def image(program, target, made):
    """An OCI image with the program and nothing else, as `skopeo` and `podman load` read it: not root, and it needs no folder
    of its own to write to but the cache."""
    user, readers = "65532:65532", {"etc/passwd": b"precedent:x:65532:65532::/:/usr/bin/precedent\n"}
    files = {f"usr/bin/{NAME}": (program, 0o755), **{path: (content, 0o644) for path, content in readers.items()}}
    for name in LICENCES:
        files[f"usr/share/doc/{NAME}/{name}"] = ((ROOT / name).read_bytes(), 0o644)
    layer = tar(files, writable=["book", "cache", "site", "tmp"])
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(TIME))
    config = {
        "architecture": DEBIAN[target],
        "os": "linux",
        "created": created,
        "config": {
            "User": user,
            "Env": ["PATH=/usr/bin", "PRECEDENT_CACHE_DIR=/cache"],
            "Entrypoint": [f"/usr/bin/{NAME}"],
            "Cmd": ["serve", "--host", "0.0.0.0", "--port", "3000"],
            "WorkingDir": "/book",
            "ExposedPorts": {"3000/tcp": {}},
            "Volumes": {"/cache": {}},
            "Labels": {
                "org.opencontainers.image.title": NAME,
                "org.opencontainers.image.version": VERSION,
                "org.opencontainers.image.description": PACKAGE["description"],
                "org.opencontainers.image.licenses": PACKAGE["license"],
                "org.opencontainers.image.documentation": PACKAGE["documentation"],
                "org.opencontainers.image.source": PACKAGE["repository"],
            },
        },
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"]},
        "history": [{"created": created, "created_by": "packaging/pack.py"}],
    }
    blobs = {}

    def blob(kind, content):
        digest = hashlib.sha256(content).hexdigest()
        blobs[f"blobs/sha256/{digest}"] = (content, 0o644)
        media = f"application/vnd.oci.image.{kind}"
        return {"mediaType": media, "digest": f"sha256:{digest}", "size": len(content)}

    def encoded(value):
        return json.dumps(value, sort_keys=True).encode()

    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": blob("config.v1+json", encoded(config)),
        "layers": [blob("layer.v1.tar+gzip", compressed(layer))],
    }
    name = {"org.opencontainers.image.ref.name": f"{NAME}:{VERSION}"}
    index = {"schemaVersion": 2, "manifests": [{**blob("manifest.v1+json", encoded(manifest)), "annotations": name}]}
    blobs["index.json"] = (encoded(index), 0o644)
    blobs["oci-layout"] = (encoded({"imageLayoutVersion": "1.0.0"}), 0o644)
    return f"{NAME}-{VERSION}-{DEBIAN[target]}.oci.tar", tar(blobs)


MAINTAINER = "The authors of Precedent <maintainers@precedent.example>"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", type=Path)
    arguments.add_argument("target", choices=sorted(WHEELS))
    arguments.add_argument("folder", type=Path)
    given = arguments.parse_args()
    made = made_by(given.program.resolve())
    program = given.program.read_bytes()
    kinds = [archive, wheel] + ([debian, image] if given.target in DEBIAN else [])
    given.folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        name, content = kind(program, given.target, made)
        (given.folder / name).write_bytes(content)
        print(f"{hashlib.sha256(content).hexdigest()}  {name}")


if __name__ == "__main__":
    main()
