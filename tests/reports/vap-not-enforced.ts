// A policy that is bound holds for what comes after it.
import { expect } from 'vitest'
import type { World } from '../../src/lesson/world.ts'

export default ({ world, file }: { readonly world: World; readonly file: string }) => {
  world.run(`kubectl apply -f ${file}`)
  const denied = world.run('kubectl create deploy big --image=nginx --replicas=6')
  expect(denied.stderr).toBe(
    `error: failed to create deployment: deployments.apps "big" is forbidden: ValidatingAdmissionPolicy 'demo.example.com' with binding 'demo' denied request: failed expression: object.spec.replicas <= 5\n`,
  )
  expect(world.run('kubectl create deploy small --image=nginx --replicas=5').exit).toBe(0)
}
