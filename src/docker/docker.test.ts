import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'
import { loadForeseen } from '../parts/load.ts'
import { dockerHelpParts, dockerParts, groups, otherNames } from './loaders.ts'

const onMaster = (world: World, line: string) => world.run(`ssh k8s-master '${line}'`)

test('docker is on the workstation and on the control plane, and nowhere else', () => {
  const world = new World({ seed: 1 })
  expect(world.run('docker --version').stdout).toBe('Docker version 28.2.2, build e6534b4\n')
  expect(onMaster(world, 'docker images').stdout).toBe('REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n')
  expect(world.run('ssh k8s-node1 docker ps').stderr).toContain('docker: command not found')
})

test('words that docker does not know, and flags', () => {
  const world = new World({ seed: 1 })
  expect(world.run('docker nothere')).toEqual({
    stdout: '',
    stderr: "docker: unknown command: docker nothere\n\nRun 'docker --help' for more information\n",
    exit: 1,
  })
  expect(world.run('docker images a b').stderr).toContain(
    "docker: 'docker images' requires at most 1 argument",
  )
  expect(world.run('docker image ls --nope')).toMatchObject({
    exit: 125,
    stderr: expect.stringContaining('Usage:  docker image ls [OPTIONS] [REPOSITORY[:TAG]]'),
  })
})

test('what docker has and the simulator has not is said plainly; every command has its help', () => {
  const world = new World({ seed: 1 })
  for (const line of [
    'swarm',
    'swarm init',
    'plugin ls',
    'manifest inspect x',
    'context create x',
    'buildx ls',
    'bake',
  ])
    expect(world.run(`docker ${line}`).stderr).toMatch(
      /^docker: the command '[\w ]+' is not part of this simulator\n$/,
    )
  for (const name of [...dockerParts.names, ...Object.keys(otherNames), ...groups]) {
    const { stdout, exit } = world.run(`docker ${name} --help`)
    expect({ name, exit, told: stdout.includes('Usage:  docker') }).toEqual({ name, exit: 0, told: true })
    expect(stdout).not.toContain('undefined')
  }
  expect(world.run('docker network ls --help').stdout).toContain(
    'Aliases:\n  docker network ls, docker network list\n',
  )
})

test('a daemon that was stopped is not reached; who is in no group docker may not speak to it', () => {
  const world = new World({ seed: 1 })
  const { files } = world.cluster.kubelets.get('k8s-master')!
  files.write('/etc/passwd', `${files.read('/etc/passwd')}ann:x:1000:1000::/home/ann:/bin/bash\n`)
  expect(onMaster(world, 'sudo -u ann docker images').stderr).toMatch(/^permission denied while trying/)
  files.write('/etc/group', `${files.read('/etc/group')}docker:x:998:ann\n`)
  expect(onMaster(world, 'sudo -u ann docker images').exit).toBe(0)
  onMaster(world, 'systemctl stop docker')
  expect(world.run('docker images')).toMatchObject({
    exit: 1,
    stderr:
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n',
  })
  onMaster(world, 'systemctl start docker')
  expect(world.run('docker images').exit).toBe(0)
})

test('the words of a line with docker bring the command that they name, and no others', async () => {
  dockerParts.clear()
  dockerHelpParts.clear()
  await loadForeseen('kubectl version')
  expect(dockerParts.isLoaded('version')).toBe(false)
  await loadForeseen('docker image ls')
  expect(dockerParts.isLoaded('image ls')).toBe(true)
  expect(dockerParts.isLoaded('version')).toBe(false)
  const { loadAll } = await import('../parts/load.ts')
  await loadAll()
})
