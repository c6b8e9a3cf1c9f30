// Whatever flag is taken acts, or says that it does not, or is one of those that nobody sees on a real cluster either.
import { expect, test } from 'vitest'
import { askedFlags } from '../../scripts/readme/commands.ts'
import { World } from '../lesson/world.ts'

test('a flag that nothing asks for is told of, or is listed as one without anything to see', () => {
  const asked = [...askedFlags(process.cwd())]
  const silent = asked.flatMap(([path, { unasked, idle, unseen }]) =>
    unasked.filter(flag => !idle.includes(flag) && !unseen.includes(flag)).map(flag => `${path} --${flag}`),
  )
  expect(silent).toEqual([])
  for (const [, { flags, idle, unseen }] of asked)
    expect(flags).toEqual(expect.arrayContaining([...idle, ...unseen]))
}, 120_000)

test('whoever gives a flag that changes nothing here is told so', () => {
  const world = new World({ seed: 1 })
  expect(world.run('kubectl run web --image=nginx --detach-keys=ctrl-x').stderr).toBe(
    'Warning: --detach-keys has no effect in this simulator\n',
  )
  expect(world.run('kubectl run other --image=nginx').stderr).toBe('')
})

test('the lines of a file to edit end as they do on Windows where that is asked for', () => {
  const world = new World({ seed: 1 })
  world.run('kubectl create configmap c --from-literal=a=1')
  world.write('editor.sh', 'cat -A "$1" > seen; sed -i "s/a: .*1.*/a: \\"2\\"/" "$1"\n')
  const edit = (flags: string) =>
    world.run(`KUBE_EDITOR='bash editor.sh' kubectl edit cm c ${flags}; cat seen`)
  expect(edit('--windows-line-endings').stdout).toMatch(/configmap\/c edited[\s\S]*kind: ConfigMap\^M\$\n/)
  expect(world.run('kubectl get cm c -o jsonpath={.data.a}').stdout).toBe('2')
  world.run('kubectl patch cm c -p \'{"data":{"a":"1"}}\'')
  expect(edit('').stdout).toMatch(/kind: ConfigMap\$\n/)
})
