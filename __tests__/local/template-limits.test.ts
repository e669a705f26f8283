import { evaluateTemplate } from "../../local/templates/evaluate";
import { TemplateObject, type TemplateRecord } from "../../local/templates/values";
import { fakeHost, gatewayFor, method, mock, send } from "../support/gateway";

const LOOP = "#foreach($i in [1..1000])";
const STACK = /call stack/;
const LONG = /a text of more than 10485760 characters/;

describe("a template that would take all time or memory", () => {
  it.each<[string, RegExp]>([
    [`${LOOP}#foreach($j in [1..1000])#foreach($k in [1..1000])x#end#end#end`, /more than (1000000 steps|2000 ms)/],
    [`#set($s='ab')${LOOP}#set($s="$s$s")#end`, LONG],
    [`#set($s='ab')${LOOP}#set($s=$s + $s)#end`, LONG],
    [`#set($s='ab')${LOOP}#set($s=$s.concat($s))#end`, LONG],
    [`#set($s='ab')${LOOP}#set($s=$s.replace('a', $s))#end`, LONG],
    [`#set($s='ab')${LOOP}#set($s=$s.replaceAll('a', $s))#end`, LONG],
    [`#set($l=[1])${LOOP}#set($l=[$l, $l])#end$l`, LONG],
    [`#set($m={})${LOOP}#set($m={'a': $m, 'b': $m})#end$m`, LONG],
    [
      `#set($s='x')${LOOP}#set($s="$s$s")#if($s.length() > 4000000)#break#end#end#set($l=[])${LOOP}#set($d=$l.add($s.toUpperCase()))#end`,
      /more than 104857600 characters on the way/,
    ],
    ["#set($l=[1])#set($l[1000000000]=1)$l", /no item 1000000000/],
    ["#set($l=[1])#set($d=$l.add($l))$l", STACK],
    ["#set($m={})#set($d=$m.put('a', $m))$m", STACK],
    ["#macro(m)#m()#m()#end#m()", STACK],
    ["#define($b)$b$b#end$b", STACK],
    ["#set($e='#evaluate($e)')#evaluate($e)", STACK],
  ])("fails when it is %s", (template, message) => {
    const startedAt = performance.now();

    expect(() => evaluateTemplate(template, {})).toThrow(message);
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  });

  it("costs its own request 500, and the log says why", async () => {
    const host = fakeHost();
    const endless = `${LOOP}#foreach($j in [1..1000])#foreach($k in [1..1000])x#end#end#end`;
    const gateway = gatewayFor({ methods: [method({ integration: mock(endless) })] }, { host });

    expect((await send(gateway)).status).toBe(500);
    expect(host.explained.join()).toMatch(/the template takes more than (1000000 steps|2000 ms)/);
    expect(host.bugs).toEqual([]);
  });

  it("may be large otherwise", () => {
    const list = Array.from({ length: 1_000 }, (_, index) => ({ id: index, text: "x".repeat(1_000) }));

    const output = evaluateTemplate("#foreach($e in $list)$e.id:$e.text#if($foreach.hasNext),#end#end", { list });

    expect(output).toHaveLength(list.map(({ id, text }) => `${id}:${text}`).join().length);
  });
});

describe("a template that looks for a way out", () => {
  const references = (): TemplateRecord => ({
    text: "text",
    number: 7,
    list: [1],
    map: { key: "value" },
    input: new TemplateObject({ path: () => ({ key: "value" }) }, { body: "body" }),
  });
  const receivers = ["$text", "$number", "$list", "$map", "$input", "$input.path('$')", "$input.path", "$nothing"];
  const escapes = [
    ".constructor",
    ".constructor.constructor('return process')",
    "['constructor']['constructor']",
    ".getClass().forName('java.lang.Runtime').getRuntime().exec('id')",
    ".class.forName('java.lang.Runtime')",
    ".__proto__",
    ".__proto__.constructor",
    "['__proto__']['polluted']",
    ".prototype",
    ".call('x')",
    ".apply('x')",
    ".bind('x')",
    ".valueOf()",
    ".toLocaleString()",
    ".hasOwnProperty('a')",
    ".isPrototypeOf($map)",
    ".__defineGetter__('a', 'b')",
    ".__lookupGetter__('__proto__')",
    ".methods",
    ".methods.path",
    ".members",
    ".path.constructor('return process')",
    ".map($text)",
    ".forEach($text)",
    ".push('x')",
    ".raw",
    ".process",
    ".mainModule",
  ];

  it.each(escapes)("finds nothing by %s", (way) => {
    for (const receiver of receivers) {
      expect(evaluateTemplate(`${receiver}${way}`, references())).toMatch(/^$/);
    }
  });

  it.each([
    "process",
    "global",
    "globalThis",
    "require",
    "module",
    "this",
    "constructor",
    "__proto__",
    "Function",
    "eval",
  ])("finds no $%s", (name) => {
    expect(evaluateTemplate(`[$${name}][$${name}.exit(1)]`, references())).toBe("[][]");
  });

  it.each([
    "#set($map.__proto__.polluted = 'x')",
    "#set($map['__proto__']['polluted'] = 'x')",
    "#set($list.__proto__.polluted = 'x')",
    "#set($map.constructor.prototype.polluted = 'x')",
    "$map.put('__proto__', {'polluted': 'x'})",
    "$map.putAll({'__proto__': {'polluted': 'x'}})",
    "#set($__proto__ = {'polluted': 'x'})$polluted",
    "#set($m = {'__proto__': {'polluted': 'x'}})$m.polluted",
  ])("changes no prototype by %s", (template) => {
    try {
      evaluateTemplate(template, references());
    } catch {
      // Lists have items only: that fails.
    }

    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(([] as unknown as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("#stop", () => {
  it.each([
    ["a#stop never", "a"],
    ["a#stop", "a"],
    ["a#{stop}never", "a"],
    ["x#if(true)y#stop z#end w", "xy"],
    ["#foreach($i in [1..3])$i#stop#end!", "1"],
    ["a#stopped b", "a#stopped b"],
    ["#[[#stop]]#b", "#stopb"],
    ["a## #stop\nb", "ab"],
  ])("ends what is rendered: %j", (template, output) => {
    expect(evaluateTemplate(template, {})).toBe(output);
  });
});
