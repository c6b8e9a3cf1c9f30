// curlimages/curl: busybox's tools and curl, run as an ordinary user.
import { curlOf } from '../../shell/tools/curl.ts'
import type { Executable, Image } from './image.ts'

/** curl of a version under a path of an image. */
export const curlProgram = (path: string, version = '8.5.0'): Record<string, Executable> => ({
  [path]: { run: curlOf(version).run },
})

const size = 9_301_844

export const curlImage: Image = {
  repository: 'curlimages/curl',
  tags: { latest: size, '8.14.1': size },
  programs: { ...curlProgram('/usr/bin/curl', '8.14.1'), ...curlProgram('/entrypoint.sh', '8.14.1') },
  entrypoint: ['/entrypoint.sh'],
  env: { HOME: '/home/curl_user' },
  user: 'curl_user',
  workingDir: '/home/curl_user',
  shell: 'busybox',
}
