// busybox: a shell and small tools. The shell is the site's own interpreter in its ash dialect; other images that have a
// shell (nginx, curl, httpd …) carry these tools too.
import { ash, bash } from '../../shell/dialect.ts'
import { shellProgram } from '../../shell/sh.ts'
import { tools } from '../../shell/tools/index.ts'
import { newNslookup, oldNslookup } from '../programs/nslookup.ts'
import { containerTools } from '../programs/tools.ts'
import type { Executable, Image } from './image.ts'

let table: [string, Executable][] | undefined

const sh: Executable = { run: shellProgram(ash), handlesSignals: true }
export const bashExecutable: Executable = { run: shellProgram(bash), handlesSignals: true }

/** Paths and programs of what busybox installs. */
export function busyboxPrograms(): readonly [string, Executable][] {
  table ??= [
    ...[...containerTools, ...tools.filter(tool => !onlyElsewhere.includes(tool.name))].map(
      (tool): [string, Executable] => [`/bin/${tool.name}`, { run: tool.run }],
    ),
    ['/bin/nslookup', { run: newNslookup }],
    ['/bin/sh', sh],
  ]
  return table
}

/** Tools of the workstation that busybox lacks. */
const onlyElsewhere = ['curl', 'jq', 'openssl', 'nano', 'watch', 'code', 'iptables', 'iptables-save']

const shell = (tags: Image['tags'], programs: Image['programs']): Image => ({
  repository: 'busybox',
  tags,
  programs,
  cmd: ['sh'],
  shell: true,
})

const size = 2_160_406
export const busybox: readonly Image[] = [
  shell({ '1.28': 1_341_905, '1.28.4': 1_341_905 }, { '/bin/nslookup': { run: oldNslookup } }),
  shell({ latest: size, '1.35': 2_156_519, '1.36': size, '1.36.1': size }, {}),
]
