"""The empty document that python-docx fills: styles, fonts, settings. One plain style sheet, no theme fonts.

A template of our own instead of python-docx's: that one brings theme fonts (WPS reports them as missing),
Japanese language settings, a preview picture and 800 KB of styles into every form.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TITLE_STYLE = "FormTitle"
YEAR_STYLE = "FormYear"
CELL_STYLE = "FormCell"
PROSE_STYLE = "FormProse"
NOTE_STYLE = "FormNote"
JOINT_STYLE = "FormJoint"
OWN_STYLES = frozenset((TITLE_STYLE, YEAR_STYLE, CELL_STYLE, PROSE_STYLE, NOTE_STYLE))
"""Styles of our own forms, in which a line break is part of the text."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE_TYPE = "application/vnd.openxmlformats-package"
_TITLE_FONT = "方正小标宋简体"
_TEXT_FONT = "宋体"

_CONTENT_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="{_PACKAGE_TYPE}.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>
<Override PartName="/word/fontTable.xml" ContentType="{_WORD_TYPE}.fontTable+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_WORD_TYPE}.settings+xml"/>
<Override PartName="/docProps/core.xml" ContentType="{_PACKAGE_TYPE}.core-properties+xml"/>
</Types>"""
_RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""
_DOCUMENT_RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/relationships/fontTable" Target="fontTable.xml"/>
<Relationship Id="rId3" Type="{_OFFICE}/relationships/settings" Target="settings.xml"/>
</Relationships>"""
_SETTINGS = f"""<w:settings xmlns:w="{W}">
<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode"
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"""


def _fonts(name: str) -> str:
    return (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'
    )


def _paragraph_style(name: str, title: str, paragraph: str, run: str, based_on: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{title}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


# Sizes are half points: 二号 44, 小四 24, 五号 21, 小五 18.
_STYLES = f"""<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_TEXT_FONT)}
<w:sz w:val="21"/><w:szCs w:val="21"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
{
    _paragraph_style(
        TITLE_STYLE,
        "自评表标题",
        '<w:keepNext/><w:spacing w:before="0" w:after="80"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
        _fonts(_TITLE_FONT) + '<w:sz w:val="44"/><w:szCs w:val="44"/>',
    )
}{
    _paragraph_style(
        YEAR_STYLE,
        "自评表年度",
        '<w:keepNext/><w:spacing w:before="0" w:after="120"/><w:jc w:val="center"/>',
        '<w:sz w:val="24"/><w:szCs w:val="24"/>',
    )
}{_paragraph_style(CELL_STYLE, "自评表单元格", '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>', "")}{
    _paragraph_style(PROSE_STYLE, "自评表文字", '<w:jc w:val="left"/>', "", based_on=CELL_STYLE)
}{
    _paragraph_style(
        JOINT_STYLE,
        "自评表接缝",
        '<w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/>',
        '<w:vanish/><w:sz w:val="2"/><w:szCs w:val="2"/>',
    )
}{
    _paragraph_style(
        NOTE_STYLE, "自评表注释", '<w:spacing w:before="60"/>', '<w:sz w:val="18"/><w:szCs w:val="18"/>'
    )
}</w:styles>"""
# Where the title's font is not installed, office programs take the alternative instead of their default.
_FONT_TABLE = f"""<w:fonts xmlns:w="{W}">
<w:font w:name="{_TITLE_FONT}"><w:altName w:val="黑体"/><w:charset w:val="86"/></w:font>
<w:font w:name="{_TEXT_FONT}"><w:altName w:val="SimSun"/><w:charset w:val="86"/></w:font>
</w:fonts>"""


_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>zh-CN</dc:language></cp:coreProperties>'
)


@cache
def template() -> bytes:
    """A .docx without content that has the form's styles and one section."""
    return pack(f'<w:document xmlns:w="{W}"><w:body><w:sectPr/></w:body></w:document>'.encode())


def pack(document: bytes) -> bytes:
    """A .docx of ``document`` (word/document.xml) and the form's styles."""
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": _STYLES,
        "word/fontTable.xml": _FONT_TABLE,
        "word/settings.xml": _SETTINGS,
        "docProps/core.xml": _CORE,
    }
    return _zipped(
        {name: (_HEAD + xml).encode() for name, xml in parts.items()} | {"word/document.xml": document}
    )


def without_dates(package: bytes) -> bytes:
    """The same package without the time of each entry: equal forms are equal files."""
    with ZipFile(BytesIO(package)) as entries:
        return _zipped({name: entries.read(name) for name in entries.namelist()})


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, content)
    return buffer.getvalue()
