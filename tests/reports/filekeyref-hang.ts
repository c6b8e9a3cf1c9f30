// A variable comes from a file that an init container has written.
import { expect } from 'vitest'
import type { World } from '../../src/lesson/world.ts'

export default function ({ world, file }: { readonly world: World; readonly file: string }): void {
  world.run(`kubectl apply -f ${file}`)
  world.advance(10_000)
  expect(world.run('kubectl get pod envfile --no-headers').stdout).toContain('Completed')
  expect(world.run('kubectl logs envfile').stdout).toContain('DB_ADDRESS=address\n')
}
