import { expect } from 'vitest'
import type { Report } from '../reports.test.ts'

/** The database refuses to start until it is told its password; the log says which variables do. */
export default ({ world, file }: Report): void => {
  world.run(`kubectl apply -f ${file}; kubectl run pg --image=postgres:16`)
  world.advance(40_000)
  expect(world.run('kubectl logs db').stderr + world.run('kubectl logs db').stdout).toContain(
    'Database is uninitialized and password option is not specified',
  )
  expect(world.run('kubectl logs db').stdout).toContain('    - MYSQL_ROOT_PASSWORD\n')
  expect(world.run('kubectl logs pg').stdout).toContain('superuser password is not specified')
  const state = '{.status.containerStatuses[0].lastState.terminated.exitCode}'
  expect(world.run(`kubectl get pod db -o jsonpath='${state}'`).stdout).toBe('1')
  world.run('kubectl delete pod db pg; kubectl run db --image=mysql --env=MYSQL_ROOT_PASSWORD=pw')
  world.advance(30_000)
  expect(world.run('kubectl get pod db --no-headers').stdout).toMatch(/ 1\/1 +Running +0 /)
}
