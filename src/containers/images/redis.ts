// redis: its server and its client; data is kept below /data.
import { redisCli } from '../programs/redis/cli.ts'
import { redisServer } from '../programs/redis/server.ts'
import { baseOf } from './bases.ts'
import type { ImageMaker } from './image.ts'
import { script } from './script.ts'

export const redis: ImageMaker = wanted => {
  const version = wanted.version || '7.4.6'
  const name = wanted.repository.includes('valkey') ? 'valkey' : 'redis'
  const { files, ...base } = baseOf(wanted)
  return {
    ...base,
    programs: {
      [`/usr/local/bin/${name}-server`]: { run: redisServer(version), handlesSignals: true },
      [`/usr/local/bin/${name}-cli`]: { run: redisCli(version) },
      '/usr/local/bin/docker-entrypoint.sh': script({ server: `${name}-server` }),
    },
    entrypoint: ['docker-entrypoint.sh'],
    cmd: [`${name}-server`],
    env: { REDIS_VERSION: version },
    workingDir: '/data',
    ports: [6379],
    ...(files && { files }),
    directories: ['/data'],
  }
}
