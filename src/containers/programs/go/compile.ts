// What `go build` does with a directory: finds its files, checks them, and makes an executable or says what is wrong, in the
// words of the go command and of the compiler (go1.26).
import { type Binary, binaryText } from '../../../engine/binary.ts'
import type { Files } from '../../../engine/files.ts'
import { Checker, type NamedFile } from './check.ts'
import { standardPackages } from './exported.ts'
import { packages } from './library/index.ts'
import { parseGo } from './parser.ts'
import type { Payload } from './program.ts'
import { GoError, HeadError, NotSimulated } from './scanner.ts'

export interface Compiled {
  /** Undefined where the package is not main: there is nothing to run. */
  readonly payload: Payload | undefined
  /** Bytes of the executable. */
  readonly size: number
  /** `hellok8s`, after the module. */
  readonly name: string
}

/** Words for stderr; the go command ends with 1. */
export class BuildFailure extends Error {}

const join = (directory: string, name: string): string => `${directory === '/' ? '' : directory}/${name}`

/** The nearest go.mod upwards: its directory, and the name of the module. */
function moduleOf(files: Files, directory: string): { directory: string; name: string } | undefined {
  for (let at = directory; ; at = at.slice(0, at.lastIndexOf('/')) || '/') {
    const path = join(at, 'go.mod')
    if (files.exists(path)) {
      const name = /^\s*module\s+"?([^\s"]+)"?/m.exec(files.read(path))?.[1]
      if (!name)
        throw new BuildFailure(
          `go: error reading go.mod: missing module declaration. To specify the module path:\n\tgo mod edit -module=example.com/mod\n`,
        )
      return { directory: at, name }
    }
    if (at === '/') return undefined
  }
}

const isSource = (name: string): boolean => /\.go$/.test(name) && !/_test\.go$|^[._]/.test(name)

export interface CompileOptions {
  readonly directory: string
  /** Files that were named; those of the directory where there are none. */
  readonly named: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly linked: Readonly<Record<string, string>>
  /** `-ldflags "-s -w"`: without tables for debuggers. */
  readonly stripped: boolean
}

export function compile(files: Files, { directory, named, env, linked, stripped }: CompileOptions): Compiled {
  const module = moduleOf(files, directory)
  if (!module && named.length === 0)
    throw new BuildFailure(
      "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n",
    )
  for (const name of named)
    if (!files.exists(join(directory, name)))
      throw new BuildFailure(`no required module provides package ${name}; to add it:\n\tgo get ${name}\n`)
  const names = named.length ? named : files.list(directory).filter(isSource)
  if (names.length === 0) throw new BuildFailure(`no Go files in ${directory}\n`)
  const texts = Object.fromEntries(names.map(name => [name, files.read(join(directory, name))]))
  const inModule = module && module.directory !== directory ? directory.slice(module.directory.length) : ''
  const path = named.length ? 'command-line-arguments' : `${module!.name}${inModule}`
  const parsed = parse(texts, path)
  findPackages(parsed, module?.name, env)
  const packageNames = [...new Set(parsed.map(({ file }) => file.package))]
  if (packageNames.length > 1)
    throw new BuildFailure(
      `found packages ${parsed.map(({ file, name }) => `${file.package} (${name})`).join(' and ')} in ${directory}\n`,
    )
  check(parsed, path)
  const isMain = packageNames[0] === 'main'
  if (
    isMain &&
    !parsed.some(({ file }) => file.functions.some(each => each.name === 'main' && !each.receiver))
  )
    throw new BuildFailure(
      `# ${path}\nruntime.main_main·f: function main is undeclared in the main package\n`,
    )
  const used = new Set(parsed.flatMap(({ file }) => file.imports.map(each => each.path)))
  const bytes = Object.values(texts).reduce((sum, text) => sum + text.length, 0)
  return {
    payload: isMain ? { files: texts, directory, linked } : undefined,
    size: executableSize(used, bytes, stripped),
    name: (named[0] ? named[0].replace(/\.go$/, '') : path).split('/').at(-1)!,
  }
}

function parse(texts: Readonly<Record<string, string>>, path: string): NamedFile[] {
  const faults: string[] = []
  const parsed: NamedFile[] = []
  for (const [name, text] of Object.entries(texts)) {
    const errors: GoError[] = []
    try {
      parsed.push({ name, file: parseGo(text, errors) })
    } catch (error) {
      if (!(error instanceof GoError)) throw error
      const { at, message } = error
      if (error instanceof HeadError) throw new BuildFailure(`${name}:${at.line}:${at.column}: ${message}\n`)
      if (error instanceof NotSimulated) throw notSimulated(name, error)
      faults.push(...errors.map(each => shown(name, each)))
    }
  }
  if (faults.length) throw new BuildFailure(`# ${path}\n${limited(faults)}`)
  return parsed
}

const shown = (file: string, { at, message }: GoError): string =>
  `./${file}:${at.line}:${at.column}: ${message}`

/** The compiler gives up after ten. */
function limited(faults: readonly string[], more = faults.length > 10): string {
  const told = faults.slice(0, 10)
  if (more) told.push(`${/^\S+/.exec(faults[9]!)![0]} too many errors`)
  return told.map(each => `${each}\n`).join('')
}

/** What the reader wrote is right; it is this world that does not know it. */
const notSimulated = (file: string, { at, message }: NotSimulated): BuildFailure =>
  new BuildFailure(
    `./${file}:${at.line}:${at.column}: this simulator cannot run ${message}: the program may be right, but this change cannot be simulated\n`,
  )

/** Imports that lead nowhere: found before the compiler is called. */
function findPackages(
  parsed: readonly NamedFile[],
  module: string | undefined,
  env: ReadonlyMap<string, string>,
): void {
  const missing: string[] = []
  for (const { name, file } of parsed)
    for (const { path, at } of file.imports) {
      if (packages[path] || standardPackages.has(path)) continue
      const where = `${name}:${at.line}:${at.column}: `
      if (!path.split('/')[0]!.includes('.')) {
        if (module && (path === module || path.startsWith(`${module}/`)))
          throw new BuildFailure(
            `${where}this simulator cannot run packages beside main: the program may be right, but this change cannot be simulated\n`,
          )
        missing.push(`${where}package ${path} is not in std (/usr/local/go/src/${path})\n`)
      } else if (/-mod=mod/.test(env.get('GOFLAGS') ?? ''))
        missing.push(
          `${where}cannot find module providing package ${path}: module ${path}: Get "https://proxy.golang.org/${path}/@v/list": dial tcp: lookup proxy.golang.org on 127.0.0.1:53: no such host\n`,
        )
      else missing.push(`${where}no required module provides package ${path}; to add it:\n\tgo get ${path}\n`)
    }
  if (missing.length) throw new BuildFailure(missing.join(''))
}

function check(parsed: readonly NamedFile[], path: string): void {
  const checker = new Checker(parsed)
  let beyond: NotSimulated | undefined
  try {
    checker.run()
  } catch (error) {
    if (!(error instanceof NotSimulated)) throw error
    beyond = error
  }
  // What is wrong is wrong with or without what is not known here.
  if (checker.faults.length && !beyond)
    throw new BuildFailure(
      `# ${path}\n${limited(
        checker.faults.map(({ file, error }) => shown(file, error)),
        checker.tooMany,
      )}`,
    )
  if (beyond) throw notSimulated(checker.current, beyond)
}

/** Measured with go1.26 on linux/amd64: what the largest of the packages brings, and the program's own part. */
function executableSize(used: ReadonlySet<string>, bytes: number, stripped: boolean): number {
  const base = used.has('net/http')
    ? 8_356_459
    : used.has('log')
      ? 2_239_600
      : used.has('fmt')
        ? 2_135_500
        : used.has('os') || used.has('time')
          ? 2_127_000
          : 1_821_300
  return Math.round((base + bytes) * (stripped ? 0.6916 : 1))
}

export const executable = (payload: Payload, size: number, arch: string): string => {
  const binary: Binary = {
    kind: arch === 'amd64' ? 'go' : `go-${arch}`,
    size,
    payload: JSON.stringify(payload),
  }
  return binaryText(binary)
}
