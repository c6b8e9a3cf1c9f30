// The golang image: a system with the go command.
import { goCommand } from '../programs/go/go-command.ts'
import { packageManager } from '../programs/packages.ts'
import { baseOf } from './bases.ts'
import type { ImageMaker } from './image.ts'

const newest = '1.26.0'

export const golang: ImageMaker = wanted => {
  const version = wanted.version || newest
  const base = baseOf(wanted)
  return {
    ...base,
    programs: {
      ...packageManager(base.files?.['/etc/os-release'] ?? ''),
      '/usr/local/go/bin/go': { run: goCommand(version) },
    },
    directories: ['/go/src', '/go/bin', '/root/.cache'],
    env: {
      PATH: '/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      GOLANG_VERSION: version,
      GOTOOLCHAIN: 'local',
      GOPATH: '/go',
    },
    workingDir: '/go',
    cmd: [base.shell === 'busybox' ? '/bin/sh' : 'bash'],
  }
}
