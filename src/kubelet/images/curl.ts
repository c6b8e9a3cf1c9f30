// curlimages/curl: busybox's tools and curl, run as an ordinary user.
import { tools } from '../../shell/tools/index.ts'
import type { Executable, Image } from './image.ts'

/** curl as an executable of an image, once the tools have it. */
export const curlExecutable = (): Executable | undefined => {
  const curl = tools.find(tool => tool.name === 'curl')
  return curl && { run: curl.run }
}

const size = 9_301_844
const curl = curlExecutable()

export const curlImage: Image = {
  repository: 'curlimages/curl',
  tags: { latest: size, '8.14.1': size },
  programs: curl ? { '/usr/bin/curl': curl, '/entrypoint.sh': curl } : {},
  entrypoint: ['/entrypoint.sh'],
  env: { HOME: '/home/curl_user' },
  user: 'curl_user',
  workingDir: '/home/curl_user',
  shell: true,
}
