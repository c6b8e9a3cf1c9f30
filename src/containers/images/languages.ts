// Images of programming languages: their interpreters as far as small scripts need them, and the versions of toolchains.

import type { Program } from '../../engine/process.ts'
import { node } from '../programs/scripting/node.ts'
import { python } from '../programs/scripting/python.ts'
import { baseOf } from './bases.ts'
import type { Executable, ImageMaker } from './image.ts'
import { script } from './script.ts'

/** A line's newest patch is not always known: `3.9` is shown as `3.9.0`. */
const full = (version: string, otherwise: string): string => {
  const parts = (version || otherwise).split('.')
  while (parts.length < 3) parts.push('0')
  return parts.join('.')
}

export const pythonImage: ImageMaker = wanted => {
  const version = full(wanted.version, '3.13.1')
  const executable: Executable = { run: python(version) }
  const paths = ['python', 'python3', `python${version.split('.').slice(0, 2).join('.')}`]
  return {
    ...baseOf(wanted),
    programs: Object.fromEntries(paths.map(name => [`/usr/local/bin/${name}`, executable])),
    cmd: ['python3'],
    env: { PYTHON_VERSION: version, LANG: 'C.UTF-8' },
  }
}

export const nodeImage: ImageMaker = wanted => {
  const version = full(wanted.version, '24.0.0')
  return {
    ...baseOf(wanted),
    programs: {
      '/usr/local/bin/node': { run: node(version), handlesSignals: true },
      '/usr/local/bin/docker-entrypoint.sh': script({ server: 'node' }),
    },
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['node'],
    env: { NODE_VERSION: version },
  }
}

/** A tool of which only what it says of itself is here; a build is refused. */
const says = (name: string, answers: Readonly<Record<string, string>>): Executable => {
  const run: Program = function* ({ argv, stdout, stderr }) {
    const asked = argv.slice(1).join(' ')
    const found = answers[asked]
    if (found !== undefined) {
      stdout.write(`${found}\n`)
      return 0
    }
    stderr.write(`${name}: this simulator has no ${name} to run '${asked}' with; it only tells its version\n`)
    return 1
  }
  return { run }
}

/** By repository: the program, and the words of its version. */
const toolchains: Readonly<
  Record<string, (version: string) => readonly [path: string, answers: Record<string, string>]>
> = {
  ruby: v => [
    '/usr/local/bin/ruby',
    { '-v': `ruby ${v} [x86_64-linux]`, '--version': `ruby ${v} [x86_64-linux]` },
  ],
  php: v => ['/usr/local/bin/php', { '-v': `PHP ${v} (cli) (NTS)`, '--version': `PHP ${v} (cli) (NTS)` }],
  rust: v => ['/usr/local/cargo/bin/rustc', { '--version': `rustc ${v}` }],
  openjdk: v => ['/usr/bin/java', { '-version': `openjdk version "${v}"`, '--version': `openjdk ${v}` }],
  maven: v => ['/usr/bin/mvn', { '-v': `Apache Maven ${v}`, '--version': `Apache Maven ${v}` }],
  gradle: v => ['/usr/bin/gradle', { '--version': `Gradle ${v}` }],
}

export const toolchain: ImageMaker = wanted => {
  const name = wanted.repository.split('/').at(-1)!
  const java = /openjdk|temurin|corretto/.test(name)
  const [path, answers] = (
    toolchains[java ? 'openjdk' : name] ??
    ((v: string) => [`/usr/local/bin/${name}`, { '--version': `${name} ${v}` }])
  )(wanted.version || '1.0.0')
  const executable = says(path.split('/').at(-1)!, answers)
  return {
    ...baseOf(wanted),
    programs: { [path]: executable, [`/usr/local/bin/${path.split('/').at(-1)}`]: executable },
    cmd: ['bash'],
  }
}
