import { expect } from 'vitest'
import type { Report } from '../reports.test.ts'

/** An official image's entrypoint runs the arguments that a manifest gives. */
export default ({ world, file }: Report): void => {
  world.run(`kubectl apply -f ${file}`)
  for (const image of ['redis', 'mysql', 'postgres'])
    world.run(`kubectl run ${image} --image=${image} --restart=Never -- sh -c "echo from ${image}"`)
  world.advance(40_000)
  expect(world.run('kubectl logs args').stdout).toBe('hi\n')
  expect(world.run('kubectl get pod args --no-headers').stdout).toContain('Completed')
  for (const image of ['redis', 'mysql', 'postgres'])
    expect(world.run(`kubectl logs ${image}`).stdout).toBe(`from ${image}\n`)
  const env = world.run('kubectl run n --image=nginx --restart=Never --env=var1=val1 -it --rm -- env')
  expect(env.stdout).toContain('var1=val1\n')
}
