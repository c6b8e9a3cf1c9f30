import { expect } from 'vitest'
import type { Report } from '../reports.test.ts'

/** A repository that is not there, a host that is not there, a tag that is not there: three different words. */
export default ({ world, file }: Report): void => {
  world.run(`kubectl apply -f ${file}`)
  world.run('kubectl run host --image=registry.example.com/team/app:1; kubectl run tag --image=nginx:1.91')
  world.advance(3000)
  const told = (pod: string) => world.run(`kubectl describe pod ${pod}`).stdout
  expect(told('typo')).toContain(
    'failed to resolve reference "docker.io/library/ngnix:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  )
  expect(told('host')).toContain('dial tcp: lookup registry.example.com on 10.0.2.1:53: no such host')
  expect(told('tag')).toContain('docker.io/library/nginx:1.91: not found')
}
