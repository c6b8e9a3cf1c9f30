// The rules of a definition's schema hold for its objects, with the defaults filled in.
import { expect } from 'vitest'
import type { World } from '../../src/lesson/world.ts'

export default ({ world, file }: { readonly world: World; readonly file: string }) => {
  world.run(`kubectl apply -f ${file}`)
  world.advance(1000)
  const cap = (min: number) => `apiVersion: ex.io/v1\nkind: Cap\nmetadata: {name: a}\nspec: {min: ${min}}\n`
  world.write('bad.yaml', cap(7))
  expect(world.run('kubectl apply -f bad.yaml').stderr).toMatch(
    /^The Cap "a" is invalid: spec: Invalid value: .*min must not exceed max\n$/,
  )
  world.write('good.yaml', cap(5))
  expect(world.run('kubectl apply -f good.yaml').stdout).toBe('cap.ex.io/a created\n')
}
