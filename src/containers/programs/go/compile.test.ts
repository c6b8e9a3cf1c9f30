// What a program of beginners can have wrong, each with what `go build` (go1.26.8) says to it: a change of one right program.
import { expect, test } from 'vitest'
import { MemoryFiles } from '../../../engine/memory-files.ts'
import { BuildFailure, compile } from './compile.ts'

const right = `package main

import (
	"fmt"
	"log"
	"net/http"
)

func hello(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, "hi")
}

func main() {
	http.HandleFunc("/", hello)
	log.Fatal(http.ListenAndServe(":3000", nil))
}
`

function build(program: string, files: Readonly<Record<string, string>> = {}): string {
  const disk = new MemoryFiles({ now: () => 0 })
  disk.mkdir('/src')
  const all = { 'go.mod': 'module hellok8s\n\ngo 1.26\n', 'main.go': program, ...files }
  for (const [name, text] of Object.entries(all)) disk.write(`/src/${name}`, text)
  try {
    compile(disk, { directory: '/src', named: [], env: new Map(), linked: {}, stripped: false })
    return ''
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error
    return error.message
  }
}

test('the right program compiles', () => {
  expect(build(right)).toBe('')
})

/** A name, what is changed, into what, what is said. */
const wrong: readonly (readonly [string, string, string, string])[] = [
  [
    'typo-func',
    'http.HandleFunc',
    'http.HandleFun',
    '# hellok8s\n./main.go:14:7: undefined: http.HandleFun\n',
  ],
  [
    'lower-func',
    'fmt.Fprintln',
    'fmt.fprintln',
    '# hellok8s\n./main.go:10:6: undefined: fmt.fprintln (but have Fprintln)\n',
  ],
  ['lower-none', 'fmt.Fprintln', 'fmt.foo', '# hellok8s\n./main.go:10:6: undefined: fmt.foo\n'],
  [
    'missing-quote',
    '"hi")',
    '"hi)',
    '# hellok8s\n./main.go:10:22: newline in string\n./main.go:10:22: syntax error: unexpected newline in argument list; possibly missing comma or )\n',
  ],
  [
    'missing-paren',
    '"hi")',
    '"hi"',
    '# hellok8s\n./main.go:10:22: syntax error: unexpected newline in argument list; possibly missing comma or )\n',
  ],
  [
    'missing-brace',
    'nil))\n}',
    'nil))',
    '# hellok8s\n./main.go:16:1: syntax error: unexpected EOF, expected }\n',
  ],
  [
    'extra-brace',
    'nil))\n}',
    'nil))\n}\n}',
    '# hellok8s\n./main.go:17:1: syntax error: non-declaration statement outside function body\n',
  ],
  [
    'typo-package',
    'fmt.Fprintln',
    'fnt.Fprintln',
    '# hellok8s\n./main.go:4:2: "fmt" imported and not used\n./main.go:10:2: undefined: fnt\n',
  ],
  [
    'unused-var',
    'fmt.Fprintln',
    'y := 2\n\tfmt.Fprintln',
    '# hellok8s\n./main.go:10:2: declared and not used: y\n',
  ],
  [
    'typo-keyword',
    'func main',
    'fun main',
    '# hellok8s\n./main.go:13:1: syntax error: non-declaration statement outside function body\n',
  ],
  ['undeclared-handler', '"/", hello', '"/", helo', '# hellok8s\n./main.go:14:23: undefined: helo\n'],
  ['no-import', '\t"log"\n', '', '# hellok8s\n./main.go:14:2: undefined: log\n'],
  [
    'dup-func',
    'func main',
    'func hello() {}\n\nfunc main',
    '# hellok8s\n./main.go:13:6: hello redeclared in this block\n\t./main.go:9:6: other declaration of hello\n',
  ],
  [
    'brace-newline',
    'func main() {',
    'func main()\n{',
    '# hellok8s\n./main.go:14:1: syntax error: unexpected semicolon or newline before {\n',
  ],
  [
    'assign-undeclared',
    'fmt.Fprintln',
    'y = 2\n\tfmt.Fprintln',
    '# hellok8s\n./main.go:10:2: undefined: y\n',
  ],
  [
    'redeclare',
    'fmt.Fprintln',
    'y := 2\n\ty := 3\n\tfmt.Println(y)\n\tfmt.Fprintln',
    '# hellok8s\n./main.go:11:4: no new variables on left side of :=\n',
  ],
  [
    'missing-comma',
    '"/", hello',
    '"/" hello',
    '# hellok8s\n./main.go:14:22: syntax error: unexpected name hello in argument list; possibly missing comma or )\n',
  ],
  [
    'string-int',
    '"hi"',
    '"hi" + 1',
    '# hellok8s\n./main.go:10:18: invalid operation: "hi" + 1 (mismatched types untyped string and untyped int)\n',
  ],
  ['single-quotes', '"hi"', "'hi'", '# hellok8s\n./main.go:10:18: more than one character in rune literal\n'],
  [
    'missing-return',
    'func main',
    'func f() int {\n}\n\nfunc main',
    '# hellok8s\n./main.go:14:1: missing return\n',
  ],
  [
    'else-newline',
    'fmt.Fprintln(w, "hi")',
    'if true {\n\t}\n\telse {\n\t}',
    '# hellok8s\n./main.go:12:2: syntax error: unexpected keyword else, expected }\n',
  ],
  ['semicolon-missing', '\t"fmt"\n\t"log"', '\t"fmt" "log"', 'main.go:4:8: expected \';\', found "log"\n'],
  ['package-typo', 'package main', 'pakage main', "main.go:1:1: expected 'package', found pakage\n"],
  [
    'no-main',
    'func main',
    'func Main',
    '# hellok8s\nruntime.main_main·f: function main is undeclared in the main package\n',
  ],
  [
    'import-unknown-std',
    '"log"',
    '"logg"\n\t"log"',
    'main.go:5:2: package logg is not in std (/usr/local/go/src/logg)\n',
  ],
  [
    'import-unknown-mod',
    '"log"',
    '"github.com/a/b"\n\t"log"',
    'main.go:5:2: no required module provides package github.com/a/b; to add it:\n\tgo get github.com/a/b\n',
  ],
  ['nil-typo', 'nil', 'null', '# hellok8s\n./main.go:15:41: undefined: null\n'],
  [
    'var-type-typo',
    'fmt.Fprintln',
    'var y strng\n\tfmt.Fprintln',
    '# hellok8s\n./main.go:10:6: declared and not used: y\n./main.go:10:8: undefined: strng\n',
  ],
  [
    'too-few',
    '":3000", nil',
    '":3000"',
    '# hellok8s\n./main.go:15:32: not enough arguments in call to http.ListenAndServe\n\thave (string)\n\twant (string, http.Handler)\n',
  ],
  [
    'int-port',
    '":3000"',
    '3000',
    '# hellok8s\n./main.go:15:32: cannot use 3000 (untyped int constant) as string value in argument to http.ListenAndServe\n',
  ],
  [
    'method-typo',
    'fmt.Fprintln(w, "hi")',
    'w.WriteHeaderr(200)',
    '# hellok8s\n./main.go:4:2: "fmt" imported and not used\n./main.go:10:4: w.WriteHeaderr undefined (type http.ResponseWriter has no field or method WriteHeaderr)\n',
  ],
  [
    'field-typo',
    'fmt.Fprintln(w, "hi")',
    'fmt.Fprintln(w, r.Metod)',
    '# hellok8s\n./main.go:10:20: r.Metod undefined (type *http.Request has no field or method Metod)\n',
  ],
  ['unused-import', '"log"', '"log"\n\t"os"', '# hellok8s\n./main.go:6:2: "os" imported and not used\n'],
  [
    'unused-two',
    '"hi")',
    '"hi")\n\ta := 1\n\tb := 2',
    '# hellok8s\n./main.go:11:2: declared and not used: a\n./main.go:12:2: declared and not used: b\n',
  ],
  [
    'many',
    'fmt.Fprintln(w, "hi")',
    '\tx0()\n\tx1()\n\tx2()\n\tx3()\n\tx4()\n\tx5()\n\tx6()\n\tx7()\n\tx8()\n\tx9()\n\tx10()\n\tx11()\n\tx12()\n\tx13()',
    '# hellok8s\n./main.go:10:3: undefined: x0\n./main.go:11:2: undefined: x1\n./main.go:12:2: undefined: x2\n./main.go:13:2: undefined: x3\n./main.go:14:2: undefined: x4\n./main.go:15:2: undefined: x5\n./main.go:16:2: undefined: x6\n./main.go:17:2: undefined: x7\n./main.go:18:2: undefined: x8\n./main.go:19:2: undefined: x9\n./main.go:19:2: too many errors\n',
  ],
  [
    'var-assign-colon',
    'fmt.Fprintln(w, "hi")',
    'var y := 3',
    '# hellok8s\n./main.go:10:8: syntax error: unexpected :=, expected =\n',
  ],
  [
    'string-nl',
    '"hi"',
    '"hi\n"',
    '# hellok8s\n./main.go:10:21: newline in string\n./main.go:10:21: syntax error: unexpected newline in argument list; possibly missing comma or )\n./main.go:11:3: newline in string\n',
  ],
  ['bad-escape', '"hi"', '"h\\q"', '# hellok8s\n./main.go:10:21: unknown escape\n'],
  [
    'bad-char',
    '"hi"',
    '“hi”',
    "# hellok8s\n./main.go:10:18: invalid character U+201C '“' in identifier\n./main.go:10:23: invalid character U+201D '”' in identifier\n",
  ],
  [
    'return-value',
    'fmt.Fprintln(w, "hi")',
    'return 5',
    '# hellok8s\n./main.go:4:2: "fmt" imported and not used\n./main.go:10:9: too many return values\n\thave (number)\n\twant ()\n',
  ],
  [
    'top-stmt',
    'func main',
    'fmt.Println("x")\n\nfunc main',
    '# hellok8s\n./main.go:13:1: syntax error: non-declaration statement outside function body\n',
  ],
  [
    'missing-dot',
    'http.HandleFunc',
    'httpHandleFunc',
    '# hellok8s\n./main.go:14:2: undefined: httpHandleFunc\n',
  ],
  [
    'eq-in-if',
    'fmt.Fprintln(w, "hi")',
    'x := 1\n\tif x = 1 {\n\t}',
    '# hellok8s\n./main.go:11:7: syntax error: cannot use assignment x = 1 as value\n',
  ],
]

test.each(wrong)('%s', (_name, from, to, said) => {
  expect(right).toContain(from)
  expect(build(right.replace(from, () => to))).toBe(said)
})

test('what is Go but not known here is said to be just that, and where', () => {
  const program = right.replace('func main() {', 'func main() {\n\tc := make(chan int)\n\t<-c')
  expect(build(program)).toBe(
    './main.go:14:12: this simulator cannot run channels: the program may be right, but this change cannot be simulated\n',
  )
  expect(build(right.replace('"log"', '"log"\n\t"encoding/xml"'))).toContain(
    'cannot run package encoding/xml',
  )
  expect(build(right.replace('log.Fatal', 'http.Get("x"); log.Fatal'))).toContain('cannot run http.Get')
})
