const never = () => false;

/**
 * Calls back after a time. A time that ends while it is suspended begins anew, so that nobody who debugs is hurried.
 *
 * @returns ends the timer
 */
export function startTimer(millis: number, onTime: () => void, isSuspended: () => boolean = never): () => void {
  const expire = () => {
    if (isSuspended()) timer = setTimeout(expire, millis);
    else onTime();
  };
  let timer = setTimeout(expire, millis);
  return () => clearTimeout(timer);
}
