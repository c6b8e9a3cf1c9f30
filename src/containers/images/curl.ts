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
    files: {
      '/etc/passwd':
        'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\ncurl_user:x:100:101:Linux User,,,:/home/curl_user:/sbin/nologin\n',
      '/etc/group': 'root:x:0:\nnobody:x:65534:\ncurl_group:x:101:curl_user\n',
    },
    workingDir: '/home/curl_user',
    shell: 'busybox',
  }
}
