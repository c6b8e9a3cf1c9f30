// The tab of requests: it is offered once there has been one; what is in it is loaded when it is first opened.
import type { Lab, Part } from '../part.ts'

export function requests(lab: Lab): Part {
  lab.connection.on('request', () => lab.offer('requests'))
  return {
    tabs: [
      {
        name: 'requests',
        title: lab.t.labRequests,
        explains: true,
        hidden: true,
        load: () => import('./requests-pane.ts').then(({ requestsPane }) => requestsPane(lab)),
      },
    ],
  }
}
