// The histories that this site's own pages lead to, by name: the lab asks for them once such a link has been followed.
import type { APIRoute } from 'astro'
import { chaptersIn } from '../../lib/lessons.ts'
import { namedHistories } from '../../lib/named-histories.ts'

export const GET: APIRoute = () => new Response(JSON.stringify(namedHistories(chaptersIn('en'))))
