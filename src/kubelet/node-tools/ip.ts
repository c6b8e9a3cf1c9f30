// `ip` on a node: its card, the bridge of its pods, a wire to each.
import { gateway, iproute, loopback, mac, network, up } from '../../containers/programs/ip.ts'
import { Random } from '../../engine/random.ts'
import type { Tool } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'

/** Docker's default bridge, where docker is. */
const docker = '172.17.0'

export function nodeIp(kubelet: Kubelet, nodes: () => Iterable<Kubelet>): Tool {
  return iproute(() => {
    const { address } = kubelet
    const bridge = (k: Kubelet): string => gateway(k.network.podCidr)
    const pods = [...kubelet.workers].filter(
      ({ pod, runtime }) => !pod.spec.hostNetwork && runtime.sandbox?.state.ready,
    )
    return {
      interfaces: [
        loopback,
        { name: 'eth0', flags: up, mac: mac(kubelet.name), address: `${address}/24` },
        {
          name: 'cni0',
          flags: up,
          mac: mac(`${kubelet.name} cni0`),
          address: `${bridge(kubelet)}/24`,
        },
        ...(kubelet.dockerService
          ? [{ name: 'docker0', flags: up, mac: mac(`${kubelet.name} docker0`), address: `${docker}.1/16` }]
          : []),
        ...pods.map(({ pod }) => ({
          name: `veth${new Random(1).fork(`veth ${pod.metadata.uid}`).hex(8)}`,
          peer: '@if2',
          flags: up,
          mac: mac(pod.metadata.uid ?? ''),
        })),
      ],
      routes: [
        `default via ${gateway(address)} dev eth0`,
        `${network(address)} dev eth0 proto kernel scope link src ${address}`,
        ...(kubelet.dockerService
          ? [`${docker}.0/16 dev docker0 proto kernel scope link src ${docker}.1`]
          : []),
        ...[...nodes()].map(other =>
          other === kubelet
            ? `${other.network.podCidr} dev cni0 proto kernel scope link src ${bridge(other)}`
            : `${other.network.podCidr} via ${other.address} dev eth0`,
        ),
      ],
    }
  })
}
