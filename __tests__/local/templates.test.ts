import { evaluateTemplate } from "../../local/templates/evaluate";
import { findByJsonPath } from "../../local/templates/json-path";
import type { TemplateRecord } from "../../local/templates/values";
import { gatewayFor, integrationResponse, method, mock, send } from "../support/gateway";

describe("the template language", () => {
  const scope = (): TemplateRecord => ({
    s: "text",
    empty: "",
    n: 7,
    list: [1, "two", { a: null }],
    map: { a: "b", c: { d: 1 }, e: [{ f: "g" }], "with-dash": "dash" },
    none: null,
    quoted: 'say "hi"',
    lines: "a\nb",
  });

  it.each([
    ["$s ${s} $!s $!{s}!", "text text text text!"],
    ["$unknown$!unknown.a.b$none", ""],
    ["$5 # $ #1 a#b", "$5 # $ #1 a#b"],
    ["$map", '{a=b, c={d=1}, e=[{"f":"g"}], with-dash=dash}'],
    ["$list", '[1,"two",{"a":null}]'],
    ["$map.c $map.c.d $map['a'] $map[\"a\"] $map.with-dash $map.get('with-dash')", "{d=1} 1 b b dash dash"],
    ["$list[1] $list.get(0) $list.size() $map.size() $s.length()", "two 1 3 4 4"],
    ["$map.a ($map.c.d)", "b (1)"],
    [
      "$map.keySet() $map.containsKey('a') $map.containsKey('z') $list.contains('two') $list.isEmpty()",
      "[a, c, e, with-dash] true false true false",
    ],
    [
      "#foreach($e in $map.entrySet())$e.key:$e.getKey()#if($foreach.hasNext),#end#end",
      "a:a,c:c,e:e,with-dash:with-dash",
    ],
    ["#foreach($x in $list)$foreach.index/$foreach.count $velocityCount;#end", "0/1 1;1/2 2;2/3 3;"],
    ["#foreach($x in [1, 2])#foreach($y in ['a'])$foreach.parent.count$y#end$foreach.parent.count;#end", "1a;2a;"],
    ["#foreach($x in $map)$x;#end", 'b;{d=1};[{"f":"g"}];dash;'],
    ["#foreach($x in $none)never#end#foreach($x in $s)never#end#foreach($x in [])never#end", ""],
    ["#foreach($i in [1..3])$i#if($i == 2)#break#end-#end!", "1-2!"],
    ["#foreach($i in [3..1])$i#end", "321"],
    ["#foreach($i in [1..1500])x#end", "x".repeat(1000)],
    [
      "#foreach($i in [1..2])#foreach($j in [1..2])$i$j#if($foreach.hasNext),#end#end#if($foreach.hasNext);#end#end$!i$!j",
      "11,12;21,22",
    ],
    ["#if($n == 7)a#elseif($n == 8)b#{else}c#end", "a"],
    ["#if($n == 8)a#elseif($n == 7)b#{else}c#end", "b"],
    ["#if($n > 7)a#elseif($n < 7)b#{else}c#end", "c"],
    ["#if($n >= 7 && $n <= 7 && !$none)yes#end", "yes"],
    [
      "#if($none)a#{else}b#end#if($unknown.x)a#{else}b#end#if(false)a#{else}b#end#if($empty)a#{else}b#end#if(0)a#end",
      "bbbaa",
    ],
    ["#if($unknown == '')a#end#if($none == $null)b#end#if($unknown != '')c#end#if($empty == $null)d#end", "abd"],
    ["#if($n == '7')a#end#if('a' == 'a')b#end#if($map.c == $map.c)c#end#if($s eq 'text' and not $none)d#end", "abcd"],
    [
      "#set($x = 1 + 2 * 3)$x #set($x = 7 / 2)$x #set($x = 7 % 4)$x #set($x = 7.5 / 2)$x #set($x = -1)$x",
      "7 3 3 3.75 -1",
    ],
    [
      "#set($x = 2.5 * 4)$x #set($x = 2.0)$x #set($x = $x + 1)$x #set($x = 7.5 - 0.5)$x#if($x == 7)!#end",
      "10.0 2.0 3.0 7.0!",
    ],
    ["#set($x = 1 / 0)[$x]#set($x = 'a' - 1)[$x]#set($x = 'a' + 1)[$x]", "[][][a1]"],
    ["#set($x = \"${s}-${n}\")$x #set($y = '$s')$y", "text-7 $s"],
    ["#set($map.new = 'v')#set($map['o'] = 'w')#set($list[0] = 'z')$map.new$map.o$list[0]#set($no.such = 1)", "vwz"],
    ["$map.put('p', 'q')$map.p#set($d = $map.put('p', 'r'))$d", "qq"],
    ["#set($l = [])#set($d = $l.add('a'))$l.add('b')$l", "true[a, b]"],
    ["#macro(twice $v)$v$v#end#twice('ab')$!v#nomacro(1)", "abab#nomacro(1)"],
    ["#define($block)<$n>#end$block$block", "<7><7>"],
    ["#evaluate('$n')#stop()never", "7"],
    ["#[[ $raw #if ]]#", " $raw #if "],
    ["a## comment\nb#* block\n *#c", "abc"],
    ["#set($x = 1)\nline\n  #if(true)\nin\n#end\nout", "line\n  in\nout"],
    [
      "$s.toUpperCase() $s.substring(1,3) $s.replaceAll('[et]','_') $s.indexOf('x') $s.contains('ex') $s.matches('t.*') $s.split('x')",
      "TEXT ex __x_ 2 true true [te, t]",
    ],
    ["$quoted.replaceAll('\"', '\\\\\"')", 'say \\"hi\\"'],
    ["$s.replaceAll('(t)(e)?', '[$1|$2|$0]') $s.replaceAll('(?<a>x)', '${a}${a}')", "[t|e|te]x[t||t] texxt"],
    ["$s.replaceAll('x', '\\$1') $s.replaceFirst('t', '\\$&')", "te$1t $&ext"],
    [
      "$lines.matches('(?m)b') $lines.matches('(?m)a$\n^b') $lines.matches('(?s).*b') $lines.matches('.*b')",
      "false true true false",
    ],
    [
      "$s.constructor $s.__proto__ $map.constructor $map.toString() $list.constructor.name $map.__proto__.x $map.hasOwnProperty('a')",
      '   {a=b, c={d=1}, e=[{"f":"g"}], with-dash=dash}   ',
    ],
  ])("renders %j", (template, output) => {
    expect(evaluateTemplate(template, scope())).toBe(output);
  });

  it.each([
    ["#set($l = ['a', $map, null])$l #set($r = [1..3])$r $map.values()", "[a, {a=b}, null] [1, 2, 3] [b]"],
    ["#set($Integer = 0)#set($x = $Integer.parseInt('5') + 1)$x", "6"],
  ])("prints lists of its own as Java does: %j", (template, output) => {
    expect(evaluateTemplate(template, { map: { a: "b" } })).toBe(output);
  });

  it("never touches what JavaScript objects inherit", () => {
    evaluateTemplate(
      "#set($map.__proto__.polluted = 'x')#set($map['constructor'] = 'y')$map.put('__proto__', 'z')",
      scope(),
    );

    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(typeof {}.constructor).toBe("function");
  });

  it.each([
    ["$s.indexOf('t', 1) $s.startsWith('ex', 1) $s.substring(4)|$s.substring(2, 2)|", "3 true ||"],
    ["$list.lastIndexOf(1) $list.containsAll([1, 'two']) $list.clear()$list.size()", "0 true 0"],
    ["$map.putIfAbsent('a', 'x')$map.putIfAbsent('new', 'y')$map.new$map.a", "byb"],
    ["#set($l = [1..4])$l.subList(1, 3) $l.remove(0) $l", "[2, 3] 1 [2, 3, 4]"],
    ["$list.remove('two') $list.remove('none') $list.size()", "true false 2"],
    ["[$list[9]][$list[-1]]", "[][]"],
  ])("calls more of Java's methods: %j", (template, output) => {
    expect(evaluateTemplate(template, scope())).toBe(output);
  });

  it.each([
    "$s.substring(9)",
    "$s.substring(2, 1)",
    "$s.substring(-1)",
    "$s.charAt(4)",
    "$list.get(3)",
    "$list.get('x')",
    "$list.set(3, 'x')",
    "$list.remove(-1)",
    "$list.subList(0, 4)",
  ])("fails when Java would: %s", (template) => {
    expect(() => evaluateTemplate(template, scope())).toThrow(/out of bounds|begin/);
  });

  it.each(["$1", "$", "$&", "${a}", "\\"])("fails when a replacement is %s, which names no group", (replacement) => {
    const scope = { s: "text", replacement };

    expect(() => evaluateTemplate("$s.replaceAll('x', $replacement)", scope)).toThrow(/has no group/);
  });

  it("fails when the template is none", () => {
    expect(() => evaluateTemplate("#if($a", {})).toThrow(/Parse error/);
  });
});

describe("JSONPath", () => {
  const json = {
    a: { "b-c": [1, 2, 3] },
    items: [
      { id: 1, on: true, name: "first", tags: [] },
      { id: 2, on: false, name: "second", tags: ["a", "b"] },
    ],
    limit: 2,
    n: null,
  };

  it.each([
    ["$", json],
    ["$.a", { "b-c": [1, 2, 3] }],
    ["$.a.b-c[1]", 2],
    ["$['a']['b-c']", [1, 2, 3]],
    ["$.nope", undefined],
    ["$.nope.deeper", undefined],
    ["$.n", null],
    ["$.items[*].id", [1, 2]],
    ["$..id", [1, 2]],
    ["$.items[?(@.id > 1)].id", [2]],
    ["$.items[0:1].id", [1]],
    ["$.nope[*]", []],
    ["$.items.length()", 2],
    ["$.items[*].id.max()", 2],
    ["$.a.keys()", ["b-c"]],
    ["items[1].id", 2],
    ["$.items[-1].id", 2],
    ["$.items[?(@.on)].id", [1, 2]],
    ["$.items[?(!@.off && (@.id == 1 || @.id == 3))].id", [1]],
    ["$.items[?(@.name =~ /F.*t/i)].id", [1]],
    ["$.items[?(@.name =~ /irs/)].id", []],
    ["$.items[?(@['name'] in ['second', \"x\"])].id", [2]],
    ["$.items[?(@.id nin [1])].id", [2]],
    ["$.items[?(@.tags contains 'b')].id", [2]],
    ["$.items[?(@.tags size 0)].id", [1]],
    ["$.items[?(@.tags empty false)].id", [2]],
    ["$.items[?(@.id < $.limit)].id", [1]],
    ["$.items[?(@.id == '1')].id", []],
    ["$.items[0]['id','on']", [1, true]],
    ["$.a..[1]", [2]],
    ["$..*.id", [1, 2]],
    ["$.a.b-c[0,2]", [1, 3]],
    ["$.a.b-c[::2]", [1, 3]],
    ["$.a.b-c.sum()", 6],
    ["$.constructor", undefined],
    ["$['__proto__']", undefined],
    ["$.a.b-c.length", undefined],
    ["$..__proto__", []],
  ])("%s finds %j", (path, found) => {
    expect(findByJsonPath(path, json)).toEqual(found);
  });

  it.each([
    "$.items[?(process.exit(1))]",
    "$.items[(@.length-1)]",
    "$.items[?(@.constructor.constructor('return process')())]",
    "$.items[?(@.id === 1)]",
    "$.items[?(@.id ==)]",
    "$.items[",
    "$.items[?(@.name =~ first)]",
    "$.a.b-c.constructor()",
    "$.a b",
  ])("fails when a path is %s, and runs no code", (path) => {
    expect(() => findByJsonPath(path, json)).toThrow(/cannot be read as JSONPath/);
  });

  it("fails when a path visits more values than there is time for", () => {
    const startedAt = performance.now();
    const wide = Array.from({ length: 300 }, () => ({ a: Array.from({ length: 300 }, () => ({ b: 1 })) }));

    expect(() => findByJsonPath("$..*..*..*..*", wide)).toThrow(/visits more than 1000000 values/);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it("reaches the depth of any payload", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`);

    expect(findByJsonPath("$..a", deep)).toHaveLength(3_000);
  });
});

describe("mapping templates", () => {
  const render = async (template: string, request: Parameters<typeof send>[1] = {}) => {
    const gateway = gatewayFor(
      { methods: [method({ resourcePath: "/{p}", httpMethod: "ANY", integration: mock(template) })] },
      { stage: { variables: { v: "one" } } },
    );
    return (await send(gateway, request)).body;
  };

  it.each([
    ["$stageVariables.v $stageVariables['v'] ${stageVariables['v']} [$stageVariables.no]", "one one one []"],
    [
      "$context.stage $context.httpMethod $context.resourcePath $context.path $context.isCanary",
      "v1 GET /{p} /v1/things false",
    ],
    [
      "$context.identity.sourceIp [$context.identity.user] [$context.identity] [$context.authorizer.x]",
      "192.0.2.1 [] [] []",
    ],
    [
      "$input.params('p') $input.params('q') $input.params('h') [$input.params('none')]",
      "things fromQuery fromHeader []",
    ],
    [
      "$input.params().path.p $input.params().querystring $input.params().header.get('h')",
      "things {q=fromQuery, p=other} fromHeader",
    ],
    [
      "$util.base64Encode('é') $util.base64Decode('w6k=') $util.urlEncode('a b&c/é~') $util.urlDecode('a+b%26') [$util.urlEncode($none)]",
      "w6k= é a+b%26c%2F%C3%A9%7E a b& []",
    ],
    ["$util.parseJson('{\"a\":[1,2]}').a[1] $util.parseJson($none)", "2 "],
  ])("know %j", async (template, output) => {
    expect(
      await render(template, {
        target: "/v1/things?q=fromQuery&p=other",
        headers: [
          ["h", "fromHeader"],
          ["p", "x"],
        ],
      }),
    ).toBe(output);
  });

  it("escape text for JSON strings", async () => {
    expect(await render("$util.escapeJavaScript($input.params('h'))", { headers: [["h", `a"b'c\\d/e\u00e9\t`]] })).toBe(
      String.raw`a\"b\'c\\d\/e\u00E9\t`,
    );
  });

  it("list exactly AWS's keys when they iterate over $context", async () => {
    const names = await render("#foreach($k in $context.keySet())$k #end");

    expect(names.trim().split(" ")).toEqual([
      "resourceId",
      "resourcePath",
      "httpMethod",
      "extendedRequestId",
      "requestTime",
      "path",
      "accountId",
      "protocol",
      "requestOverride",
      "stage",
      "domainPrefix",
      "requestTimeEpoch",
      "requestId",
      "identity",
      "domainName",
      "deploymentId",
      "responseOverride",
      "apiId",
    ]);
  });

  it.each([
    { body: "", path: "{}", json: "{}", raw: "{}", missing: '""' },
    {
      body: '{"a": [1, {"b": "x"}]}',
      path: '{a=[1,{"b":"x"}]}',
      json: '{"a":[1,{"b":"x"}]}',
      raw: '{"a": [1, {"b": "x"}]}',
      missing: '""',
    },
    { body: "no json", path: "no json", json: '"no json"', raw: "no json", missing: '""' },
  ])("read the payload '$body'", async ({ body, path, json, raw, missing }) => {
    const template =
      "$input.path('$')|$input.json('$')|$input.body|$input.json('$.none')|[$input.path('$.none')]|$input.body.x";
    const methods = [
      method({
        httpMethod: "POST",
        integration: mock("", {
          requestTemplates: {
            "application/json": `#set($context.responseOverride.seen = "${template}"){"statusCode": 200}`,
          },
          responses: [
            integrationResponse({ responseTemplates: { "application/json": "$context.responseOverride.seen" } }),
          ],
        }),
      }),
    ];

    const response = await send(gatewayFor({ methods }), { method: "POST", body });

    expect(response.body).toBe(`${path}|${json}|${raw}|${missing}|[]|`);
  });

  it("override status and headers of the response, from the request side too", async () => {
    const methods = [
      method({
        integration: mock("$context.responseOverride.status $context.responseOverride.header.foo", {
          requestTemplates: {
            "application/json":
              '#set($context.responseOverride.status = 444)#set($context.responseOverride.header.foo = "bar"){"statusCode": 200}',
          },
        }),
      }),
    ];

    const response = await send(gatewayFor({ methods }));

    expect(response).toMatchObject({ status: 444, body: "444 bar", headers: { foo: "bar" } });
  });

  it.each([
    ["404", 404],
    ["599", 599],
    ["600", 200],
    ["99", 200],
    ["201.5", 200],
    ["'404'", 404],
    ["'abc'", 200],
  ])("override the status by %s, which gives %d", async (override, status) => {
    const integration = mock(`#set($context.responseOverride.status = ${override})`);

    expect((await send(gatewayFor({ methods: [method({ integration })] }))).status).toBe(status);
  });

  it.each([
    ["a header that cannot be sent", '#set($context.responseOverride.header.foo = "a\nb")'],
    ["JSON that cannot be parsed", "$util.parseJson('{')"],
  ])("answer 500 to %s", async (_, template) => {
    const gateway = gatewayFor({ methods: [method({ integration: mock(template) })] });

    expect((await send(gateway)).status).toBe(500);
  });
});

describe("numbers of a payload", () => {
  async function rendered(template: string, body: string): Promise<string> {
    const echo = mock(template);
    const gateway = gatewayFor({ methods: [method({ httpMethod: "POST", integration: echo })] });
    return (await send(gateway, { method: "POST", body })).body;
  }

  it.each([
    ["$util.parseJson('{\"a\":20.0}').a", "20.0"],
    ["#set($n = $util.parseJson('[20.0, 12345678901234567890, -0, 1E3]'))$n", "[20.0,12345678901234567890,-0,1E3]"],
    [
      "#set($n = $util.parseJson('7.0'))#set($x = $n / 2)$x #set($x = $n + 1)$x #if($n == 7)y#end#if($n > 6)z#end",
      "3.5 8.0 yz",
    ],
    ['$util.parseJson(\'["\\u0000number:x", "1.0"]\')', '["\\u0000number:x","1.0"]'],
  ])("keep their text: %j", async (template, output) => {
    expect(await rendered(template, "{}")).toBe(output);
  });
});

describe("overrides", () => {
  it.each([
    ["#set($context.responseOverride.header.a = '1')#set($context.responseOverride.header.b = '2')", 200],
    ["#set($context.responseOverride.header.a = '1')#set($context.responseOverride.header.a = '2')", 500],
    ["#set($context.responseOverride.status = 201)#set($context.responseOverride.status = 202)", 500],
  ])("of one parameter happen once: %s gives %i", async (template, status) => {
    expect((await send(gatewayFor({ methods: [method({ integration: mock(template) })] }))).status).toBe(status);
  });
});
