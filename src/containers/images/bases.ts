// The systems that images are built on: which shell and tools, and what stands in /etc/os-release.
import type { Image, WantedImage } from './image.ts'

interface System {
  readonly shell: 'busybox' | 'gnu'
  readonly files: Readonly<Record<string, string>>
}

/** Values stand in quotes, but for words of one sort: `plain`. */
const release = (fields: Readonly<Record<string, string>>, plain = /^(ID|ID_LIKE|\w*CODENAME)$/): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key}=${plain.test(key) && !value.includes(' ') ? value : `"${value}"`}\n`)
    .join('')

const debianNames: Record<string, string> = {
  8: 'jessie',
  9: 'stretch',
  10: 'buster',
  11: 'bullseye',
  12: 'bookworm',
  13: 'trixie',
}
/** The newest point release of each. */
const debianPoints: Record<string, string> = {
  8: '8.11',
  9: '9.13',
  10: '10.13',
  11: '11.11',
  12: '12.12',
  13: '13.1',
}

export function debian(version = '12'): System {
  const name = debianNames[version] ?? 'bookworm'
  return {
    shell: 'gnu',
    files: {
      '/etc/os-release': release({
        PRETTY_NAME: `Debian GNU/Linux ${version} (${name})`,
        NAME: 'Debian GNU/Linux',
        VERSION_ID: version,
        VERSION: `${version} (${name})`,
        VERSION_CODENAME: name,
        ID: 'debian',
        HOME_URL: 'https://www.debian.org/',
        SUPPORT_URL: 'https://www.debian.org/support',
        BUG_REPORT_URL: 'https://bugs.debian.org/',
      }),
      '/etc/debian_version': `${debianPoints[version] ?? version}\n`,
    },
  }
}

/** The patch that a release of Alpine's tag stands for: the last one known, of 3.22 the one in the recorded registry. */
const alpinePatches: Record<string, number> = { '3.18': 12, '3.19': 9, '3.20': 8, '3.21': 5, '3.22': 1 }

export function alpine(version = '3.22'): System {
  const line = version.split('.').slice(0, 2).join('.')
  const full = version === line ? `${line}.${alpinePatches[line] ?? 4}` : version
  return {
    shell: 'busybox',
    files: {
      '/etc/os-release': release(
        {
          NAME: 'Alpine Linux',
          ID: 'alpine',
          VERSION_ID: full,
          PRETTY_NAME: `Alpine Linux v${line}`,
          HOME_URL: 'https://alpinelinux.org/',
          BUG_REPORT_URL: 'https://gitlab.alpinelinux.org/alpine/aports/-/issues',
        },
        /^(ID|VERSION_ID)$/,
      ),
      '/etc/alpine-release': `${full}\n`,
    },
  }
}

const ubuntuNames: Record<string, string> = {
  '12.04': 'Precise Pangolin',
  '14.04': 'Trusty Tahr',
  '16.04': 'Xenial Xerus',
  '18.04': 'Bionic Beaver',
  '20.04': 'Focal Fossa',
  '22.04': 'Jammy Jellyfish',
  '23.04': 'Lunar Lobster',
  '23.10': 'Mantic Minotaur',
  '24.04': 'Noble Numbat',
  '24.10': 'Oracular Oriole',
  '25.04': 'Plucky Puffin',
  '25.10': 'Questing Quokka',
}
const ubuntuPoints: Record<string, string> = {
  '16.04': '.7',
  '18.04': '.6',
  '20.04': '.6',
  '22.04': '.5',
  '24.04': '.3',
}

export function ubuntu(version = '24.04'): System {
  const name = ubuntuNames[version] ?? 'Noble Numbat'
  const lts = /^(1[24680]|2[024])\.04$/.test(version) ? ' LTS' : ''
  const codename = name.split(' ')[0]!.toLowerCase()
  return {
    shell: 'gnu',
    files: {
      '/etc/os-release': release({
        PRETTY_NAME: `Ubuntu ${version}${ubuntuPoints[version] ?? ''}${lts}`,
        NAME: 'Ubuntu',
        VERSION_ID: version,
        VERSION: `${version}${ubuntuPoints[version] ?? ''}${lts} (${name})`,
        VERSION_CODENAME: codename,
        ID: 'ubuntu',
        ID_LIKE: 'debian',
        HOME_URL: 'https://www.ubuntu.com/',
        SUPPORT_URL: 'https://help.ubuntu.com/',
        BUG_REPORT_URL: 'https://bugs.launchpad.net/ubuntu/',
        UBUNTU_CODENAME: codename,
      }),
      '/etc/lsb-release': `DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=${version}\nDISTRIB_CODENAME=${codename}\nDISTRIB_DESCRIPTION="Ubuntu ${version}${ubuntuPoints[version] ?? ''}${lts}"\n`,
    },
  }
}

/** Systems of Red Hat's family. */
export function redHat(id: string, name: string, version: string, like = 'rhel centos fedora'): System {
  const major = version.split('.')[0]!
  return {
    shell: 'gnu',
    files: {
      '/etc/os-release': release(
        {
          NAME: name,
          VERSION: version,
          ID: id,
          ID_LIKE: like,
          VERSION_ID: version,
          PLATFORM_ID: `platform:el${major}`,
          PRETTY_NAME: `${name} ${version}`,
        },
        /^$/,
      ),
      '/etc/redhat-release': `${name} release ${version}\n`,
    },
  }
}

/** What the variant of a tag stands for: `alpine3.18`, `slim-bullseye`; Debian where it says nothing. */
export function baseOf({ variant }: Pick<WantedImage, 'variant'>): Pick<Image, 'shell' | 'files'> {
  const small = /alpine(\d+\.\d+)?/.exec(variant)
  if (small) return alpine(small[1])
  const named = Object.entries(debianNames).find(([, name]) => variant.includes(name))
  return debian(named?.[0])
}
