// busybox: a shell and small tools. The shell is the site's own interpreter in its ash dialect; other images that have a
// shell (nginx, curl, httpd …) carry these tools too.
import { ash } from '../../shell/dialect.ts'
import { shellProgram } from '../../shell/sh.ts'
import { tools } from '../../shell/tools/index.ts'
import type { Executable, Image } from './image.ts'

let table: [string, Executable][] | undefined

/** Paths and programs of what busybox installs. */
export function busyboxPrograms(): readonly [string, Executable][] {
  table ??= [
    ...tools.map((tool): [string, Executable] => [`/bin/${tool.name}`, { run: tool.run }]),
    ['/bin/sh', { run: shellProgram(ash), handlesSignals: true }],
  ]
  return table
}

export const busybox: Image = {
  repository: 'busybox',
  tags: { latest: 2_160_406, '1.28': 1_341_905, '1.35': 2_156_519, '1.36': 2_160_406, '1.36.1': 2_160_406 },
  programs: {},
  cmd: ['sh'],
  shell: true,
}
