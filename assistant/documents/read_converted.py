"""Files of other office programs (.doc, .wps, .xls, .rtf, .odt, .ods), read through LibreOffice if installed.

It runs as a child process with a profile and a folder of its own, without macros and without network, and
its result goes through the same checks and readers as any upload.
"""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

from assistant.documents.safety import MAX_BYTES, Kind, Package, protected

_SECONDS = 60
_LIMITED = 'ulimit -v 4000000; ulimit -t 60; ulimit -f 200000; exec "$0" "$@"'
"""4 GB of addresses, a minute of computing, files of 100 MB."""
_AT_ONCE = BoundedSemaphore(2)
"""LibreOffice takes some 200 MB a time; further uploads wait."""


@dataclass(frozen=True, slots=True)
class _Format:
    """An ending that LibreOffice knows the file by, and what it is to become."""

    ending: str
    target: str


_DOC = _Format("doc", "docx:MS Word 2007 XML")
_XLS = _Format("xls", "xlsx:Calc MS Excel 2007 XML")
_RTF = _Format("rtf", _DOC.target)
_WORKS = _Format("wps", _DOC.target)
_TABLE_ROW = b"\\trowd"
_STREAMS = {"WordDocument": _DOC, "Workbook": _XLS, "Book": _XLS, "MatOST": _WORKS}
"""Streams of an OLE container, by which its program is known. WPS writes those of Word and Excel."""
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = b"encryption-data"
_OPEN_DOCUMENTS = {"text": _Format("odt", _DOC.target), "spreadsheet": _Format("ods", _XLS.target)}
_KNOWN = {known.ending: known for known in (_DOC, _XLS, _RTF, _WORKS, *_OPEN_DOCUMENTS.values())}


def _setting(path: str, name: str, value: str) -> str:
    return (
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
    )


# No macros and no links (1: never); what would be fetched all the same meets a proxy that answers nothing.
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + _setting("Office.Common/Security/Scripting", "MacroSecurityLevel", "3")
    + _setting("Office.Common/Security/Scripting", "DisableMacrosExecution", "true")
    + _setting("Office.Common/Security/Scripting", "DisableActiveContent", "true")
    + _setting("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true")
    + _setting("Office.Calc/Content/Update", "Link", "1")
    + _setting("Inet/Settings", "ooInetProxyType", "2")
    + _setting("Inet/Settings", "ooInetNoProxy", "")
    + "".join(
        _setting("Inet/Settings", f"ooInet{scheme}Proxy{part}", value)
        for scheme in ("HTTP", "HTTPS")
        for part, value in (("Name", "127.0.0.1"), ("Port", "9"))
    )
    + "</oor:items>"
)


def format_of(data: bytes, kind: Kind) -> str | None:
    """The ending by which LibreOffice knows such a file; None where it is none of its documents."""
    wanted = _ole_format(data) if kind is Kind.OLE else None
    if kind is Kind.RTF and _TABLE_ROW in data:
        wanted = _RTF
    return wanted.ending if wanted else None


def checked_open_document(package: Package) -> str | None:
    """The same for .odt and .ods, whose parts are checked first. Raises UnreadableFileError for a bad one."""
    wanted = _open_document_format(package)
    if wanted is None:
        return None
    if _MANIFEST in package.names and _ENCRYPTED in package.read(_MANIFEST):
        raise protected()
    package.check_xml("")
    return wanted.ending


def converted(data: bytes, ending: str) -> bytes | None:
    """``data`` as .docx or .xlsx; None where LibreOffice is missing or fails."""
    program = which("soffice") or which("libreoffice")
    return _convert(program, data, _KNOWN[ending]) if program and ending in _KNOWN else None


def _ole_format(data: bytes) -> _Format | None:
    for stream, known in _STREAMS.items():
        # Names stand in the directory in UTF-16, closed by a zero.
        if (stream + "\0").encode("utf-16-le") in data:
            return known
    return None


def _open_document_format(package: Package) -> _Format | None:
    if "mimetype" not in package.names:
        return None
    name = package.read("mimetype").decode("ascii", "replace").strip()
    return _OPEN_DOCUMENTS.get(name.removeprefix(_OPEN_DOCUMENT)) if name.startswith(_OPEN_DOCUMENT) else None


def _convert(program: str, data: bytes, wanted: _Format) -> bytes | None:
    with _AT_ONCE, TemporaryDirectory(prefix="form-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        source = folder / f"form.{wanted.ending}"
        source.write_bytes(data)
        _run(program, folder, source, wanted.target)
        made = folder / "made" / f"form.{wanted.target.partition(':')[0]}"
        if not made.is_file() or made.stat().st_size > MAX_BYTES:
            return None
        return made.read_bytes()


def _run(program: str, folder: Path, source: Path, target: str) -> None:
    """One conversion. Whatever is left of it after a minute is ended with all its children."""
    command = ["sh", "-c", _LIMITED, program, "--headless", "--norestore", "--nolockcheck", "--nologo"]
    command += [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", target, "--outdir", str(folder / "made"), str(source)]
    # The child gets none of our settings: keys and addresses are no business of a converter.
    surroundings = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(  # noqa: S603 - a fixed command; the file's own name is not part of it
        command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder, env=surroundings, start_new_session=True
    )
    try:
        child.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
