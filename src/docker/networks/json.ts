// A network as the API tells of it.
import { nanoTime } from '../../containers/content.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerNetwork } from '../daemon/state.ts'
import { endpointsOn } from './networks.ts'

const bridgeOptions = {
  'com.docker.network.bridge.default_bridge': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.name': 'docker0',
  'com.docker.network.driver.mtu': '1500',
}

export function networkJson(daemon: Daemon, network: DockerNetwork): object {
  const { name, id, created, driver, predefined, subnet, gateway, internal, options, labels } = network
  const on = [...endpointsOn(daemon, network)].sort(([a], [b]) => (a.id < b.id ? -1 : 1))
  const bits = subnet.split('/')[1]
  return {
    Name: name,
    Id: id,
    Created: nanoTime(created),
    Scope: 'local',
    Driver: driver,
    EnableIPv4: true,
    EnableIPv6: false,
    IPAM: {
      Driver: 'default',
      Options: predefined ? null : {},
      Config: subnet ? [{ Subnet: subnet, Gateway: gateway }] : null,
    },
    Internal: internal,
    Attachable: false,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: Object.fromEntries(
      on.map(([container, { id: endpoint, mac, address }]) => [
        container.id,
        {
          Name: container.name,
          EndpointID: endpoint,
          MacAddress: address ? mac : '',
          IPv4Address: address ? `${address}/${bits}` : '',
          IPv6Address: '',
        },
      ]),
    ),
    Options: name === 'bridge' && predefined ? bridgeOptions : options,
    Labels: labels,
  }
}
