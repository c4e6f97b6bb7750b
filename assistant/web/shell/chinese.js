// The words that Streamlit itself brings, also those that only a screen reader says, in the language of the page.
(() => {
  if (window.afChinese) return;
  window.afChinese = true;
  const words = new Map(Object.entries({
    "Skip to main content": "跳到正文", "Logo": "绩效自评助手", "App pages": "各页", "Main menu": "菜单",
    "Navigate to home page": "回到首页", "Expand sidebar": "展开各页", "Collapse sidebar": "收起各页",
    "Send message": "发送", "Choose an option": "请选择", "Choose options": "请选择", "Open": "展开", "Close": "关闭",
    "Dismiss": "关闭", "Clear value": "清空", "Clear selection": "清空", "Clear all": "全部清空",
    "No results": "没有相符的选项", "No results found": "没有相符的选项", "Select all": "全选",
    "No options to select": "没有可选的项", "file upload": "上传文件", "Upload": "选择文件", "Add files": "再加文件",
    "add icon": "", "Error:": "错误：", "Network error": "网络中断", "Network Error": "网络中断",
    "Show/hide columns": "显示或隐藏列", "Download as CSV": "下载为 CSV", "Search": "查找", "Fullscreen": "放大",
    "Close fullscreen": "还原", "Exit fullscreen": "还原", "Link to heading": "本节的链接",
    "Press Enter to apply": "按回车保存", "Press Enter to submit form": "按回车提交", "Running...": "正在处理……",
    "Stop": "停止", "Stop script": "停止", "Rerun": "重新运行", "Please wait...": "请稍候……",
    "Sort ascending": "升序", "Sort descending": "降序", "Autosize": "自动列宽", "Pin column": "固定此列",
    "Unpin column": "取消固定", "Hide column": "隐藏此列", "Format": "显示格式", "Dataframe column menu": "列菜单",
    "Page not found": "没有这一页", "Connecting": "正在连接……", "CONNECTING": "正在连接……",
    "Connection error": "连不上服务器", "Connection Error": "连不上服务器", "Connection closed": "连接已断开",
    "Next page": "下一页", "Previous page": "上一页", "Scroll tabs right": "向右", "Scroll tabs left": "向左",
    "Notifications": "通知", "Button action menu": "更多操作", "Chat message from user": "您说的",
    "Chat message from assistant": "助手说的",
  }));
  const patterns = [
    [/^Remove (.+)$/, "移除 $1"], [/^Fullscreen: (.+)$/, "放大：$1"], [/^Upload (.+)$/, "选择文件"],
    [/^(\d+) options? available\.$/, "$1 个选项"], [/^(.+) per file.*$/, "每个不超过 $1"],
    [/^File must be (.+) or smaller\.$/, "每个文件不能超过 $1"],
    [/^You have requested page .*$/, "已回到首页。"],
    [/^The page that you have requested does not seem to exist.*$/, "已回到首页。"],
    [/^(?:Is |Looks like )?.*Streamlit (?:server|still).*$/, "服务器没有应答，已保存的内容不受影响。请稍候，连上后会自动继续。"],
    [/^Connection failed with status.*$/, "服务器没有应答，已保存的内容不受影响。请稍候，连上后会自动继续。"],
  ];
  const said = text => {
    const bare = text.trim();
    if (!/[A-Za-z]{3}/.test(bare)) return text;
    if (words.has(bare)) return words.get(bare);
    for (const [pattern, chinese] of patterns) if (pattern.test(bare)) return bare.replace(pattern, chinese);
    return text;
  };
  // What people, files and models wrote is never touched.
  const theirs = "[data-testid=stHtml],[data-testid=stMarkdownContainer],textarea,input,script,style";
  const names = ["aria-label", "title", "placeholder", "alt"];
  const attributes = element => {
    for (const name of names) {
      const old = element.getAttribute(name);
      if (old && !element.closest("[data-testid=stHtml]")) {
        const now = said(old);
        if (now !== old) element.setAttribute(name, now);
      }
    }
  };
  const text = node => {
    if (node.parentElement?.closest(theirs)) return;
    const now = said(node.data);
    if (now !== node.data) node.data = now;
  };
  const under = root => {
    if (root.nodeType === 3) return text(root);
    if (root.nodeType !== 1) return;
    attributes(root);
    for (const element of root.querySelectorAll("[aria-label],[title],[placeholder],[alt]")) attributes(element);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) text(walker.currentNode);
  };
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(under);
      else if (change.type === "attributes") attributes(change.target);
      else text(change.target);
    }
  }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: names});
  under(document.body);
  document.documentElement.lang = "zh-CN";
})();
