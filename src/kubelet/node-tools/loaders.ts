// Where the programs of a node stand that know its kubelet and its runtime, by name.
import { PartTable } from '../../engine/parts.ts'
import { called, type Tool } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'

/** Makes the tool for one node; `nodes` are the kubelets of all. */
export type NodeTool = (kubelet: Kubelet, nodes: () => Iterable<Kubelet>) => Tool

const systemd = (name: string) => (): PromiseLike<NodeTool> =>
  import('./systemd.ts').then(each => kubelet => called(name)(each.systemdTools(kubelet)))

export const nodeParts = new PartTable<NodeTool>('program of nodes', {
  crictl: () => import('./crictl.ts').then(each => each.crictl),
  ctr: () => import('./ctr.ts').then(each => each.ctr),
  nerdctl: () => import('./nerdctl.ts').then(each => each.nerdctl),
  ip: () => import('./ip.ts').then(each => each.nodeIp),
  systemctl: systemd('systemctl'),
  service: systemd('service'),
  journalctl: systemd('journalctl'),
  ps: () => import('./processes.ts').then(each => each.nodePs),
  free: () => import('./processes.ts').then(each => each.nodeFree),
  ss: () => import('./processes.ts').then(each => each.nodeSs),
  netstat: () => import('./processes.ts').then(each => each.nodeNetstat),
  tar: () => import('../../containers/programs/tar.ts').then(each => () => each.tar),
  kubeadm: () => import('./control-plane.ts').then(each => each.kubeadm),
  etcdctl: () => import('./control-plane.ts').then(each => each.etcdctl),
  etcdutl: () => import('./etcdutl.ts').then(each => each.etcdutl),
})
