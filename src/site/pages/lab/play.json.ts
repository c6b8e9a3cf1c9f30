// What the lab needs of the playground, as of a lesson ([lesson].json.ts).
import type { APIRoute } from 'astro'
import { playData } from '../../lib/lab-data.ts'

export const GET: APIRoute = () => new Response(JSON.stringify(playData()))
