// curlimages/curl: busybox's tools and curl, run as an ordinary user.
import { tools } from '../../shell/tools/index.ts'
import type { Executable, Image } from './image.ts'

/** curl under a path of an image. */
export function curlProgram(path: string): Record<string, Executable> {
  const curl = tools.find(tool => tool.name === 'curl')
  return curl ? { [path]: { run: curl.run } } : {}
}

const size = 9_301_844

export const curlImage: Image = {
  repository: 'curlimages/curl',
  tags: { latest: size, '8.14.1': size },
  programs: { ...curlProgram('/usr/bin/curl'), ...curlProgram('/entrypoint.sh') },
  entrypoint: ['/entrypoint.sh'],
  env: { HOME: '/home/curl_user' },
  user: 'curl_user',
  workingDir: '/home/curl_user',
  shell: true,
}
