/** A point in time as Java prints it, as in `Fri Jul 29 18:52:53 UTC 2016`. */
export function javaTime(millis: number): string {
  const [day = "", number = "", month = "", year = "", time = ""] = new Date(millis)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${day} ${month} ${number} ${time} UTC ${year}`;
}
