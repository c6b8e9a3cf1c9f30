import { describe, expect, it } from 'vitest'
import { loneKubectl } from '../../tests/lone-kubectl.ts'

describe('kubectl', () => {
  it('creates, shows, changes and deletes an object', () => {
    const { run } = loneKubectl()
    expect(run('create', 'configmap', 'settings', '--from-literal=COLOR=blue').stdout).toBe(
      'configmap/settings created\n',
    )
    expect(run('get', 'cm', 'settings').stdout).toBe('NAME       DATA   AGE\nsettings   1      0s\n')
    expect(run('label', 'cm', 'settings', 'tier=front').stdout).toBe('configmap/settings labeled\n')
    expect(run('get', 'cm', '-l', 'tier=front', '-o', 'jsonpath={.items[*].data.COLOR}').stdout).toBe('blue')
    expect(run('delete', 'cm/settings').stdout).toBe('configmap "settings" deleted from default namespace\n')
    expect(run('get', 'cm', 'settings')).toEqual({
      stdout: '',
      stderr: 'Error from server (NotFound): configmaps "settings" not found\n',
      exit: 1,
    })
  })

  it('says created, unchanged and configured as a file is applied again and again', () => {
    const { run, files } = loneKubectl()
    const write = (color: string) =>
      files.write(
        '/home/learner/cm.yaml',
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\ndata: {color: ${color}}\n`,
      )
    write('red')
    const said = ['red', 'red', 'green'].map(color => {
      write(color)
      return run('apply', '-f', 'cm.yaml').stdout
    })
    expect(said).toEqual([
      'configmap/app created\n',
      'configmap/app unchanged\n',
      'configmap/app configured\n',
    ])
  })

  it('proposes the command that was meant', () => {
    expect(loneKubectl().run('gett', 'pods', '-o', 'wide').stderr).toBe(
      'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n',
    )
  })

  it('tells wrong flags with a pointer to the help', () => {
    expect(loneKubectl().run('get', 'pods', '--outptu=yaml').stderr).toBe(
      "error: unknown flag: --outptu\nSee 'kubectl get --help' for usage.\n",
    )
  })

  it('asks for all resources of a category, and keeps them apart', () => {
    const { stdout } = loneKubectl().run('get', 'all', '-n', 'kube-system', '-o', 'name')
    expect(stdout.split('\n').map(line => line.split('/')[0])).toEqual([
      ...Array(8).fill('pod'),
      'service',
      'daemonset.apps',
      'deployment.apps',
      'replicaset.apps',
      '',
    ])
  })
})

describe('the kuberc', () => {
  it('adds flags that are not given, and puts in aliases', () => {
    const { run } = loneKubectl()
    expect(run('kuberc', 'set', '--section=defaults', '--command=get', '--option=output=name')).toEqual({
      stdout: 'Updated /home/learner/.kube/kuberc\n',
      stderr: '',
      exit: 0,
    })
    run('kuberc', 'set', '--section=aliases', '--name=nss', '--command=get', '--prependarg=ns')
    expect(run('get', 'ns', 'default').stdout).toBe('namespace/default\n')
    expect(run('get', 'ns', 'default', '-o', 'jsonpath={.kind}').stdout).toBe('Namespace')
    expect(run('nss', 'default').stdout).toMatch(/^NAME +STATUS +AGE\ndefault +Active/)
  })

  it('does not overwrite what is there without being told', () => {
    const { run } = loneKubectl()
    const set = (...more: string[]) =>
      run('kuberc', 'set', '--section=defaults', '--command=get', '--option=output=name', ...more)
    set()
    expect(set().stderr).toBe('error: defaults for command "get" already exist, use --overwrite to replace\n')
    expect(set('--overwrite').exit).toBe(0)
  })
})

describe('__complete', () => {
  it('names objects, and the directive for the shell', () => {
    expect(loneKubectl().run('__complete', 'get', 'ns', 'kube-s').stdout).toBe('kube-system\n:4\n')
  })
})
