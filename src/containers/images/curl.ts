// curlimages/curl: busybox's tools and curl, run as an ordinary user.
import { curlOf } from '../../shell/tools/curl.ts'
import type { Executable, ImageMaker } from './image.ts'

/** curl of a version under a path of an image. */
export const curlProgram = (path: string, version = '8.5.0'): Record<string, Executable> => ({
  [path]: { run: curlOf(version).run },
})

/** The entrypoint is a script: a program as first argument runs, anything else goes to curl. */
const entrypoint = (version: string): Executable => {
  const curl = curlOf(version).run
  return {
    handlesSignals: true,
    run: curl,
    becomes: ([, ...args]) => (args[0] && !/^-|[.:/]/.test(args[0]) ? args : ['/usr/bin/curl', ...args]),
  }
}

export const curl: ImageMaker = ({ repository, version, detail }) => {
  const number = version || '8.14.1'
  const programs = curlProgram('/usr/bin/curl', number)
  if (detail === 'shell')
    return {
      programs,
      shell: 'busybox',
      ...(/busybox/.test(repository) ? { cmd: ['/bin/sh'] } : { entrypoint: ['/usr/bin/curl'] }),
    }
  return {
    programs: { ...programs, '/entrypoint.sh': entrypoint(number) },
    entrypoint: ['/entrypoint.sh'],
    cmd: ['curl'],
    env: { HOME: '/home/curl_user' },
    user: 'curl_user',
    workingDir: '/home/curl_user',
    shell: 'busybox',
  }
}
