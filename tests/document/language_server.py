"""A YAML language server as an editor runs it: texts go in, what it underlines comes out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any


def underlined(
    server: Path, folder: Path, schemas: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, list[str]]:
    """The line and the message of all that the ``server`` has against each of the ``texts``, by their names.

    ``schemas`` are by the end of the names that they are for; they are written into the ``folder``, the texts are not.
    """
    for end, schema in schemas.items():
        (folder / f"{end}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    paired = {(folder / f"{end}.schema.json").as_uri(): f"*{end}" for end in schemas}
    settings = {"validate": True, "schemaStore": {"enable": False}, "schemas": paired}
    with subprocess.Popen(["node", server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            return dict(_Talk(process, {"yaml": settings}).about(folder, texts))
        finally:
            process.kill()


class _Talk:
    """Messages of the language server protocol 3.17, to and fro."""

    def __init__(self, process: subprocess.Popen[bytes], settings: Mapping[str, Any]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.to: IO[bytes] = process.stdin
        self.fro: IO[bytes] = process.stdout
        self.settings = settings

    def about(self, folder: Path, texts: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
        """Opens every text, and waits for a word about each."""
        capabilities = {"workspace": {"configuration": True}}
        self._say(id=1, method="initialize", params={"processId": None, "rootUri": None, "capabilities": capabilities})
        self._heard("")
        self._say(method="initialized", params={})
        self._say(method="workspace/didChangeConfiguration", params={"settings": self.settings})
        names = {(folder / name).as_uri(): name for name in texts}
        for uri, name in names.items():
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": texts[name]}
            self._say(method="textDocument/didOpen", params={"textDocument": document})
            found = self._heard("textDocument/publishDiagnostics")["params"]
            assert found["uri"] == uri
            yield name, [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in found["diagnostics"]]

    def _heard(self, method: str) -> Any:
        """The next message of a kind, or the next answer; what the server asks meanwhile is answered."""
        while True:
            heard = self._hear()
            if heard.get("method", "") == method:
                return heard
            if "id" in heard and "method" in heard:
                asked = heard["params"].get("items", []) if heard.get("params") else []
                self._say(id=heard["id"], result=[self.settings.get(one.get("section"), {}) for one in asked])

    def _say(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.to.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.to.flush()

    def _hear(self) -> Any:
        length = 0
        while line := self.fro.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has stopped"
        return json.loads(self.fro.read(length))
