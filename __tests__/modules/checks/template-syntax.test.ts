import { syntaxError, withoutComments } from "../../../modules/checks/template-syntax";

describe("a template of VTL", () => {
  it.each([
    ["#if($a) b", "an #end is missing"],
    ["#@box()", "an #end is missing"],
    ["b #end", "an #end has no beginning"],
    ["#foreach($a in $b)#end#{end}", "an #end has no beginning"],
    ["#if $a x #end", "#if has no ( after it"],
    ["#set($x)", "#set($x) is incomplete"],
    ["#set($x = )", "#set($x = ) is incomplete"],
    ["#foreach($x of $y)a#end", "#foreach($x of $y) is incomplete"],
    ["{\n$input.json('$.a'", "the ( on line 2 is never closed"],
    ["#set($x = $input.json('$.a')", "the ( on line 1 is never closed"],
  ])("fails when nobody could read it: %j", (template, problem) => {
    expect(syntaxError(template)).toBe(problem);
  });

  it.each([
    ["strings with directives in them", `#set($x = '#end')$util.urlEncode("#if")`],
    ["strings with brackets in them", `#if(($a) && ($b == ")"))x#end`],
    ["doubled quotes", `#set($x = 'it''s')#set($y = "say ""#if""")`],
    ["apostrophes in text", "it's #if($a == 'b')c#end don't (and so on"],
    ["brackets behind references", "$a (b $5(c #d(e"],
    ["calls on what calls give", `$input.path('$.a)').get("#end").size()#if($a)b#end`],
    ["members by key", `$context.authorizer.claims['a(b'].length()`],
    ["blocks of macros", "#@box()a#end #macro(b $c)d#end #define($e)f#end #literal()#end"],
    ["comments and unparsed text", "## #if\n#* #foreach *##[[ #end $a.b( ]]#"],
    ["escaped directives", "\\#if \\#end \\$a.b("],
    ["signs of other things", "#fff #1 #ending #ifs 50% $ $$ {#"],
    ["loops over several lines", "#foreach(\n\t$x\n\tin\n$y )#elseif($a)#else#end"],
    // Some readers take the backslash for an escape, and others end the string there.
    ["what readers disagree about", `#set($x = "\\"")#if`],
  ])("is not refused for %s", (_, template) => {
    expect(syntaxError(template)).toBeUndefined();
  });

  it("is looked at without its comments", () => {
    expect(withoutComments("a ## $b\nc #* $d *# e #[[ $f ]]# \\$g")).toBe("a  \nc   e    g");
  });
});
