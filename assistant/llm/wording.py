"""What is said to the model about the form of its answer, from the answer's own schema."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from assistant.llm.ladder import TOOL, Rung

_KEPT = ("type", "description", "enum", "items", "anyOf")
_TYPES = {"integer": "整数", "number": "数字", "string": "文本", "boolean": "true 或 false"}


def plain_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema as every server takes it: no references, limits or defaults, every field required.

    Strict servers refuse optional fields and unknown keywords, simple ones cannot follow references.
    """
    full = schema.model_json_schema()
    plain: dict[str, Any] = _plain(full, full.get("$defs", {}))
    return plain


def _plain(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_plain(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target = definitions[node["$ref"].rsplit("/", 1)[-1]]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    result = {key: _plain(node[key], definitions) for key in _KEPT if key in node}
    if "const" in node:
        result["enum"] = [node["const"]]
    if "properties" in node:
        result["properties"] = {
            name: _plain(value, definitions) for name, value in node["properties"].items()
        }
        result["required"] = list(node["properties"])
        result["additionalProperties"] = False
        result.pop("description", None)  # the class's docstring: for engineers, not for the model
    return result


def format_request(schema: dict[str, Any], rung: Rung) -> str:
    """The paragraph at the end of a prompt that asks for the answer's form.

    It shows a skeleton rather than the schema, which small models echo back; and it always says JSON,
    since servers may ignore tools and ``response_format``, and some refuse JSON mode without that word.
    """
    way = f"调用工具 {TOOL} 提交；不能调用工具时，" if rung is Rung.TOOLS else ""
    return (
        f"## 输出\n\n请{way}只输出一个 JSON 对象，前后不加任何文字，字段不增不减：\n\n{_skeleton(schema)}\n\n"
        "尖括号〈〉里是对内容的说明，请换成实际内容。"
    )


def repair_request(problem: str) -> str:
    """The second turn, after a reply that could not be used."""
    return f"上面的答复不能使用：{problem}请按原来的要求重新给出完整的 JSON 对象，只输出这个对象。"


def _skeleton(node: dict[str, Any], indent: str = "") -> str:
    if "properties" in node:
        inner = indent + "  "
        lines = [f'{inner}"{name}": {_skeleton(child, inner)}' for name, child in node["properties"].items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    described = node.get("description", "")
    if node.get("type") == "array":
        return f"[{_skeleton(node['items'], indent)}, …]" + (f" 〈{described}〉" if described else "")
    kind = _TYPES.get(node.get("type", ""), "文本")
    if "enum" in node:
        kind = "、".join(f'"{value}"' for value in node["enum"]) + " 之一"
    return f"〈{kind}{'：' + described if described else ''}〉"
