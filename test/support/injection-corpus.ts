/**
 * Texts that are made to be taken for something else: for markup, for code, for a query, for a path, for a header.
 *
 * Each is harmless only as long as whoever handles it treats it as text. A browser that runs one sets `casementPwned` on
 * its window, or asks the address `/pwned` for something.
 */
export const injectionCorpus: readonly string[] = [
  // Markup that brings its own script.
  '<script>window.casementPwned=1</script>',
  '"><script>window.casementPwned=2</script>',
  "'><script>window.casementPwned=3</script>",
  '</title></style></textarea><script>window.casementPwned=4</script>',
  '<scr<script>ipt>window.casementPwned=5</scr</script>ipt>',
  '<SCRIPT SRC=/pwned></SCRIPT>',
  '<!--<script>window.casementPwned=6</script>-->',
  '<![CDATA[<script>window.casementPwned=7</script>]]>',
  // Markup that runs by events.
  '<img src=x onerror="window.casementPwned=8">',
  '<img src=/pwned>',
  '<body onload=window.casementPwned=9>',
  '<details open ontoggle=window.casementPwned=10>',
  '<input autofocus onfocus=window.casementPwned=11>',
  '<video><source onerror=window.casementPwned=12></video>',
  '<svg onload=window.casementPwned=13></svg>',
  '<svg><animate onbegin=window.casementPwned=14 attributeName=x dur=1s></svg>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>1</script></svg>#x"/></svg>',
  '<math><mi xlink:href="javascript:window.casementPwned=15">x</mi></math>',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.casementPwned=16>',
  '<noscript><p title="</noscript><img src=x onerror=window.casementPwned=17>">',
  '<iframe srcdoc="<script>parent.casementPwned=18</script>"></iframe>',
  '<object data="javascript:window.casementPwned=19"></object>',
  '<embed src="/pwned">',
  '<base href="/pwned/">',
  '<meta http-equiv="refresh" content="0;url=/pwned">',
  '<link rel=stylesheet href=/pwned>',
  '<form action=/pwned><button>Go on</button></form>',
  '" onmouseover="window.casementPwned=20" x="',
  "' autofocus onfocus='window.casementPwned=21",
  '` onmouseover=window.casementPwned=22',
  // Addresses that are programs.
  'javascript:window.casementPwned=23',
  'JaVaScRiPt:window.casementPwned=24',
  'java\tscript:window.casementPwned=25',
  '\u0001javascript:window.casementPwned=26',
  'javascript://example.test/%0awindow.casementPwned=27',
  'data:text/html,<script>window.casementPwned=28</script>',
  'vbscript:msgbox(1)',
  'see javascript:window.casementPwned=29 and data:text/html;base64,PHNjcmlwdD4=',
  'https://example.test/"onmouseover="window.casementPwned=30"',
  "https://example.test/'><img src=x onerror=window.casementPwned=31>",
  'http://javascript:window.casementPwned=32@example.test/',
  'file:///etc/passwd',
  'mailto:a@example.test?body=<script>window.casementPwned=33</script>',
  '[text](javascript:window.casementPwned=34)',
  // Templates of every kind, ours among them.
  '${window.casementPwned=35}',
  '{{constructor.constructor("window.casementPwned=36")()}}',
  '<%= window.casementPwned=37 %>',
  '#{window.casementPwned=38}',
  '<!--?lit$123456789$-->',
  '<!--lit-part--><img src=x onerror=window.casementPwned=39><!--/lit-part-->',
  '{{lit-123456789}}',
  '<template shadowrootmode=open><script>window.casementPwned=40</script></template>',
  '<case-provider base-url=/pwned></case-provider>',
  // Style sheets.
  '</style><img src=x onerror=window.casementPwned=41>',
  '}*{background:url(/pwned)}',
  'expression(window.casementPwned=42)',
  'color:red;background-image:url(/pwned)',
  // Text that hides what it is.
  '\u202Egnp.exe\u202C',
  '\u2066admin\u2069\u200B\u200C\u200D\uFEFF',
  'pay\u00ADpal \u2028new line \u2029new paragraph',
  '\u{E0041}\u{E0042} tags without a face',
  'Z\u0351\u036B\u0343\u036A\u0302\u036Ba\u0321\u0332l\u0325\u0316g\u0339\u0332o\u032D\u034D\u0329',
  '👩‍👩‍👧‍👦🏳️‍⚧️',
  'ﷺ'.repeat(20),
  // Queries.
  "'; drop table cases; --",
  "' or '1'='1",
  "\\'; select pg_sleep(10); --",
  '$$; select 1; $$',
  '1) union select null, null from people --',
  '%',
  '_',
  '100%_\\',
  "a & b | !c <-> d:* ('",
  // Spreadsheets.
  '=HYPERLINK("http://example.test/pwned","click")',
  "+1+cmd|' /C calc'!A0",
  '-2+3+cmd',
  '@SUM(1+1)*cmd',
  // Headers and logs.
  'x\r\nSet-Cookie: pwned=1',
  'x\nX-Pwned: 1',
  'x%0d%0aSet-Cookie:%20pwned=1',
  '{"level":30,"msg":"forged"}\n{"level":30}',
  '\u001B[31mred\u001B[0m',
  // Paths.
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  'file:///etc/passwd#.pdf',
  'CON.txt',
  // Names that objects have of their own.
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'true',
];

/** What no database keeps: to be refused, not stored. */
export const unstorableTexts: readonly string[] = [
  'nul\u0000byte',
  '/etc/passwd\u0000.png',
  'half\uD800pair',
  '\uDC00',
];

/** The corpus as far as it stands in one line: no control characters, no line or paragraph separators. */
export const oneLineCorpus = injectionCorpus.filter(
  (text) => !/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/.test(text),
);
