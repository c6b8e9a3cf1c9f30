// apt-get, apk, yum and dnf: there is no way to their mirrors from this world, and they say so as they do where a
// machine has no network. What is installed already can be asked for by name.
import type { Process, Program } from '../../engine/process.ts'
import { sleep, type Task } from '../../engine/task.ts'
import type { Executable } from '../images/image.ts'

/** `timeout` of a resolver, as documented in resolv.conf(5). */
const resolveMs = 5000

function* apt({ argv, find, stdout, stderr }: Process, codename: string, base: string): Task<number> {
  const host = base.replace(/\/.*/, '')
  const [command = '', ...names] = argv.slice(1).filter(arg => !arg.startsWith('-'))
  if (command === 'update') {
    const suites = [codename, `${codename}-updates`]
    for (const [i, suite] of suites.entries()) {
      yield* sleep(resolveMs)
      stdout.write(
        `Err:${i + 1} http://${base} ${suite} InRelease\n  Temporary failure resolving '${host}'\n`,
      )
    }
    stdout.write('Reading package lists...\n')
    for (const suite of suites)
      stderr.write(
        `W: Failed to fetch http://${base}/dists/${suite}/InRelease  Temporary failure resolving '${host}'\n`,
      )
    stderr.write(
      'W: Some index files failed to download. They have been ignored, or old ones used instead.\n',
    )
    return 0
  }
  if (command === 'install') {
    stdout.write('Reading package lists...\nBuilding dependency tree...\nReading state information...\n')
    const missing = names.filter(name => !find(name))
    for (const name of missing) stderr.write(`E: Unable to locate package ${name}\n`)
    for (const name of names.filter(name => !missing.includes(name)))
      stdout.write(`${name} is already the newest version.\n`)
    return missing.length ? 100 : 0
  }
  if (/^(upgrade|dist-upgrade|clean|autoremove|autoclean|remove|purge)$/.test(command)) {
    stdout.write('0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n')
    return 0
  }
  stderr.write(`E: Invalid operation ${command}\n`)
  return 100
}

function* apk({ argv, find, stdout, stderr }: Process, line: string): Task<number> {
  const [command = '', ...names] = argv.slice(1).filter(arg => !arg.startsWith('-'))
  const fetch = function* (): Task {
    for (const part of ['main', 'community']) {
      const url = `https://dl-cdn.alpinelinux.org/alpine/v${line}/${part}`
      stdout.write(`fetch ${url}/x86_64/APKINDEX.tar.gz\n`)
      yield* sleep(resolveMs)
      stderr.write(`WARNING: fetching ${url}: temporary error (try again later)\n`)
    }
  }
  if (command === 'update') {
    yield* fetch()
    stderr.write('2 unavailable, 0 stale; 15 distinct packages available\n')
    return 2
  }
  if (command === 'add') {
    const missing = names.filter(name => !find(name))
    if (!missing.length) {
      stdout.write('OK: 8 MiB in 15 packages\n')
      return 0
    }
    yield* fetch()
    stderr.write('ERROR: unable to select packages:\n')
    for (const name of missing)
      stderr.write(`  ${name} (no such package):\n    required by: world[${name}]\n`)
    return missing.length
  }
  stderr.write(`apk: '${command}' is not an apk command. See 'apk --help'.\n`)
  return 1
}

function* yum({ argv, stderr }: Process, name: string): Task<number> {
  const [command = ''] = argv.slice(1).filter(arg => !arg.startsWith('-'))
  if (!/^(install|update|upgrade|makecache|search)$/.test(command)) {
    stderr.write(`No such command: ${command}.\n`)
    return 1
  }
  yield* sleep(resolveMs)
  stderr.write(
    `Errors during downloading metadata for repository '${name}':\n  - Curl error (6): Couldn't resolve host name\nError: Failed to download metadata for repo '${name}': Cannot prepare internal mirrorlist: Curl error (6): Couldn't resolve host name\n`,
  )
  return 1
}

/** The package manager of the system that an os-release tells of, by its paths. */
export function packageManager(osRelease: string): Record<string, Executable> {
  const field = (name: string) => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(osRelease)?.[1] ?? ''
  const id = field('ID')
  const named = (paths: readonly string[], run: Program) =>
    Object.fromEntries(paths.map(path => [path, { run }]))
  if (id === 'alpine') {
    const line = field('VERSION_ID').split('.').slice(0, 2).join('.')
    return named(['/sbin/apk'], process => apk(process, line))
  }
  if (id === 'debian' || id === 'ubuntu') {
    const base = id === 'debian' ? 'deb.debian.org/debian' : 'archive.ubuntu.com/ubuntu'
    return named(['/usr/bin/apt-get', '/usr/bin/apt'], process =>
      apt(process, field('VERSION_CODENAME'), base),
    )
  }
  return named(['/usr/bin/yum', '/usr/bin/dnf', '/usr/bin/microdnf'], process => yum(process, 'baseos'))
}
