import type { HostConfig } from '../host-config.ts'
import { CONFIG_ELEMENT } from '../host-config.ts'
import { startHost } from './start-host.ts'

const place = document.getElementById('extension')
const config = document.getElementById(CONFIG_ELEMENT)?.textContent
if (place && config) startHost(JSON.parse(config) as HostConfig, place)
