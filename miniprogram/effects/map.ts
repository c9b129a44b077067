/** A counter, as its screen describes it. */
export interface Venue {
  name: string;
  address: string;
  latitude: string;
  longitude: string;
}

/** Shows the way to a counter on WeChat's own map. */
export function openMap({ name, address, latitude, longitude }: Venue): void {
  wx.openLocation({ name, address, latitude: Number(latitude), longitude: Number(longitude), fail: () => undefined });
}
