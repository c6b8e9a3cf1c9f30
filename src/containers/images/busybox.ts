// busybox: a shell and small tools. The shell is the site's own interpreter in its ash dialect; other images that have a
// shell (nginx, curl, httpd …) carry these tools too.

import type { Program } from '../../engine/process.ts'
import { toolsOf } from '../../shell/command.ts'
import { ash, bash, dash } from '../../shell/dialect.ts'
import { shellProgram } from '../../shell/sh.ts'
import { tools } from '../../shell/tools/index.ts'
import { containerParts, lookupParts, machineParts } from '../programs/loaders.ts'
import type { Executable, ImageMaker } from './image.ts'

const sh: Executable = { run: shellProgram(ash), handlesSignals: true }
const debianSh: Executable = { run: shellProgram(dash), handlesSignals: true }
export const bashExecutable: Executable = { run: shellProgram(bash), handlesSignals: true }

const lookup =
  (version: string): Program =>
  process =>
    lookupParts.get(version)(process)

const tables = new Map<string, readonly [string, Executable][]>()

/** Paths and programs of a small system: a shell, its tools, and what only containers need. */
export function systemPrograms(words: 'busybox' | 'gnu'): readonly [string, Executable][] {
  let table = tables.get(words)
  if (!table) {
    const own = tools.filter(tool => !onlyElsewhere.includes(tool.name))
    // The slim images of Debian have no tools to look at processes.
    const all = [
      ...(words === 'gnu' ? [] : toolsOf(machineParts)),
      ...toolsOf(containerParts).filter(({ name }) => words !== 'gnu' || name !== 'ps'),
      ...own,
    ].map(({ name, run }): [string, Executable] => [
      `/bin/${name}`,
      { run: words === 'gnu' ? run : inBusyboxWords(run) },
    ])
    table =
      words === 'gnu'
        ? [...all, ['/bin/sh', debianSh], ['/bin/bash', bashExecutable]]
        : [...all, ['/bin/nslookup', { run: lookup('current') }], ['/bin/sh', sh]]
    tables.set(words, table)
  }
  return table
}

/** Complaints of the GNU tools and what busybox says instead. */
const complaints: readonly (readonly [RegExp, string])[] = [
  [
    /^(cat|tail): (?:cannot open ')?(.*?)(?:' for reading)?: (No such file or directory|Permission denied)$/gm,
    "$1: can't open '$2': $3",
  ],
  [/^cat: .*: (Is a directory)$/gm, 'cat: read error: $1'],
  [/^head: cannot open '(.*)' for reading: (.*)$/gm, 'head: $1: $2'],
  [/^ls: cannot (?:access|open directory) '(.*)': (.*)$/gm, 'ls: $1: $2'],
  [/^rm: cannot remove '(.*)': (.*)$/gm, "rm: can't remove '$1': $2"],
  [/^rmdir: failed to remove '(.*)': (.*)$/gm, "rmdir: '$1': $2"],
  [
    /^mkdir: cannot create directory ['\u2018](.*)['\u2019]: (.*)$/gm,
    "mkdir: can't create directory '$1': $2",
  ],
  [/^touch: cannot touch '(.*)': (.*)$/gm, 'touch: $1: $2'],
  [/^(chmod|chown|chgrp): (?:cannot access|changing \w+ of) '(.*)': (.*)$/gm, '$1: $2: $3'],
  [/^(chown|chgrp): invalid (user|group): \u2018(.*)\u2019$/gm, '$1: unknown $2 $3'],
  [/^cp: cannot stat '(.*)': (.*)$/gm, "cp: can't stat '$1': $2"],
  [/^cp: cannot create regular file '(.*)': (.*)$/gm, "cp: can't create '$1': $2"],
  [/^cp: cannot open '(.*)': (.*)$/gm, "cp: can't open '$1': $2"],
  [/^mv: cannot (?:stat|move to) '(.*)': (.*)$/gm, "mv: can't rename '$1': $2"],
  [/^ln: failed to create (?:symbolic )?link '(.*)': (.*)$/gm, 'ln: $1: $2'],
]

const inBusyboxWords = (run: Program): Program =>
  function* (process) {
    const stderr = {
      write: (text: string) =>
        process.stderr.write(complaints.reduce((t, [from, to]) => t.replace(from, to), text)),
    }
    const code = yield* run({ ...process, stderr })
    return code === 2 && process.argv[0]?.endsWith('ls') ? 1 : code
  }

/** Tools of the workstation that busybox lacks. */
const onlyElsewhere = ['curl', 'jq', 'openssl', 'wget', 'nano', 'watch', 'code', 'iptables', 'iptables-save']

/** nslookup of 1.28 and before prints other words than its successor. */
export const busybox: ImageMaker = ({ version }) => ({
  programs: {
    ...(Number(version.split('.')[1] ?? 36) <= 28 && { '/bin/nslookup': { run: lookup('1.28') } }),
  },
  cmd: ['sh'],
  shell: 'busybox',
})
