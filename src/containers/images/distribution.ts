// Systems as images: a shell, its tools, and the facts of the release. What runs is the shell; packages cannot be
// fetched from here (see ../programs/packages.ts).
import { packageManager } from '../programs/packages.ts'
import { alpine, debian, redHat, ubuntu } from './bases.ts'
import type { Image, ImageMaker } from './image.ts'

type System = Pick<Image, 'shell' | 'files'>

/** By the last part of the repository's name. */
const systems: Record<string, (version: string, repository: string) => System> = {
  alpine,
  debian: version => debian(version.split('.')[0]),
  ubuntu,
  bash: () => alpine(),
  centos: version => redHat('centos', 'CentOS Linux', version.split('.')[0] ?? '8', 'rhel fedora'),
  rockylinux: version => redHat('rocky', 'Rocky Linux', version),
  almalinux: version => redHat('almalinux', 'AlmaLinux', version),
  oraclelinux: version => redHat('ol', 'Oracle Linux Server', version, 'fedora'),
  fedora: version => redHat('fedora', 'Fedora Linux', version.split('.')[0] ?? '43', ''),
  amazonlinux: version =>
    redHat('amzn', 'Amazon Linux', version, version.startsWith('2023') ? 'fedora' : 'centos rhel fedora'),
  leap: () => redHat('opensuse-leap', 'openSUSE Leap', '15.6', 'suse opensuse'),
}

export const distribution: ImageMaker = ({ repository, version }) => {
  const name = repository.split('/').at(-1)!
  const number = version || '9'
  const system =
    systems[name]?.(number, repository) ??
    redHat(
      'rhel',
      'Red Hat Enterprise Linux',
      /ubi(\d)/.exec(repository)?.[1] === '8' ? '8.10' : '9.6',
      'fedora',
    )
  const isSmall = system.shell === 'busybox'
  return {
    ...system,
    programs: packageManager(system.files?.['/etc/os-release'] ?? ''),
    cmd: [name === 'bash' ? 'bash' : isSmall ? '/bin/sh' : name === 'debian' ? 'bash' : '/bin/bash'],
    ...(name === 'bash' && { entrypoint: ['docker-entrypoint.sh'], shell: 'busybox' as const }),
  }
}
