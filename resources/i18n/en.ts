<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
 <context>
  <name>CompleteDialog</name>
  <message>
   <source>已有，不改可不填</source>
   <translation>Known: leave empty</translation>
  </message>
  <message>
   <source>还需问清（可不答）</source>
   <translation>Still to ask (may stay open)</translation>
  </message>
  <message>
   <source>负责单位：{0}</source>
   <translation>Responsible: {0}</translation>
  </message>
 </context>
 <context>
  <name>LockAlarm</name>
  <message>
   <source>{n} 件等待本单位应答（{kinds}），最早自 {since}。请选一位工作人员进入后应答。</source>
   <translation>{n} wait(s) for an answer of your body ({kinds}), the first since {since}. Choose a person, come in and answer.</translation>
  </message>
 </context>
 <context>
  <name>LicencesDialog</name>
  <message>
   <source>本程序动态使用 Qt 和 Qt for Python（LGPL-3.0）。它们的库文件在程序目录的 PySide6 下，可以换成您自己编译的同版本库，本程序不限制为此进行的修改和调试。Qt 的源代码可从 Qt 项目取得。字体 思源宋体、思源黑体 依 SIL OFL 1.1 许可使用。</source>
   <translation>This program uses Qt and Qt for Python (LGPL-3.0) as shared libraries. They lie in the program's folder under PySide6 and may be replaced by builds of your own of the same version; modification and debugging for that purpose are not restricted. The source of Qt is to be had from the Qt project. The fonts Noto Serif SC and Noto Sans SC are used under the SIL OFL 1.1.</translation>
  </message>
  <message>
   <source>开放源代码许可</source>
   <translation>Open source licences</translation>
  </message>
  <message>
   <source>组成部分</source>
   <translation>Parts</translation>
  </message>
  <message>
   <source>许可文本</source>
   <translation>Text of the licence</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>它没有随带许可文本；许可的名称见上。</source>
   <translation>It came without a text; the licence is named above.</translation>
  </message>
 </context>
 <context>
  <name>ListFiles</name>
  <message>
   <source>{list} {day}.xlsx</source>
   <translation>{list} {day}.xlsx</translation>
  </message>
  <message>
   <source>导出本列表</source>
   <translation>Export this list</translation>
  </message>
  <message>
   <source>已导出 {n} 行：{name}</source>
   <translation>{n} row(s) exported: {name}</translation>
  </message>
  <message>
   <source>选择本单位的台账表</source>
   <translation>Choose the office's form</translation>
  </message>
  <message>
   <source>{name}（已填）.xlsx</source>
   <translation>{name} (filled).xlsx</translation>
  </message>
  <message>
   <source>填好的台账存为</source>
   <translation>Save the filled form as</translation>
  </message>
  <message>
   <source>已填入 {n} 件。</source>
   <translation>{n} case(s) filled in. </translation>
  </message>
  <message>
   <source>这些栏没有认出，请自己填：{heads}</source>
   <translation>These headings were not known, fill them by hand: {heads}</translation>
  </message>
 </context>
 <context>
  <name>CopyItemsDialog</name>
  <message>
   <source>逐项复制　{number}</source>
   <translation>Copy item by item　{number}</translation>
  </message>
  <message>
   <source>点一项复制一项，粘贴到12345、信访、12369等系统的表格里。</source>
   <translation>Each button copies one item, to be pasted into the forms of 12345, petition or 12369 systems.</translation>
  </message>
  <message>
   <source>案件各项</source>
   <translation>Items of the case</translation>
  </message>
  <message>
   <source>复制{what}</source>
   <translation>Copy {what}</translation>
  </message>
  <message>
   <source>全部复制</source>
   <translation>Copy all</translation>
  </message>
 </context>
 <context>
  <name>Care</name>
  <message>
   <source>期限日历已存好。</source>
   <translation>The calendar of due dates is saved.</translation>
  </message>
  <message>
   <source>导出期限日历</source>
   <translation>Export the due dates</translation>
  </message>
 </context>
 <context>
  <name>AgendaDialog</name>
  <message>
   <source>建议议题</source>
   <translation>Proposed items</translation>
  </message>
  <message>
   <source>正在统计…</source>
   <translation>Counting…</translation>
  </message>
  <message>
   <source>全选(&amp;A)</source>
   <translation>Tick &amp;all</translation>
  </message>
  <message>
   <source>全不选(&amp;N)</source>
   <translation>Tick &amp;none</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>列入议程(&amp;I)</source>
   <translation>Put on the agenda (&amp;I)</translation>
  </message>
  <message>
   <source>未落实：{0}　{1}，时限{2}（{3}）</source>
   <translation>Not done: {0}, {1}, by {2} ({3})</translation>
  </message>
  <message>
   <source>上次议定事项落实：{0}</source>
   <translation>Carrying out of: {0}</translation>
  </message>
  <message>
   <source>研究：{0}（{1}）</source>
   <translation>Speak about: {0} ({1})</translation>
  </message>
  <message>
   <source>按机制规定，下列{0}项可提请研究；勾选后列入议程。</source>
   <translation>By the mechanism these {0} may be put before the meeting; tick what goes on the agenda.</translation>
  </message>
  <message>
   <source>现在没有可提请研究的事项。</source>
   <translation>Nothing to put before the meeting now.</translation>
  </message>
 </context>
 <context>
  <name>HotPage</name>
  <message>
   <source>反复投诉地点</source>
   <translation>Places complained of again</translation>
  </message>
  <message>
   <source>没有达到本机制门槛的反复投诉地点。</source>
   <translation>No place was complained of as often as the mechanism asks.</translation>
  </message>
  <message>
   <source>{days}天内 {n} 件</source>
   <translation>{n} in {days} days</translation>
  </message>
  <message>
   <source>建议：列为热点地点，核对是否并案，提交联席会议研究。</source>
   <translation>Proposed: treat it as a hot place, check whether the cases are one, bring it to the joint meeting.</translation>
  </message>
  <message>
   <source>建议：核对是否重复投诉，同一事项的并案办理。</source>
   <translation>Proposed: check whether it is a repeated complaint, and merge cases of one matter.</translation>
  </message>
 </context>
 <context>
  <name>BesideCards</name>
  <message>
   <source>争议和指定</source>
   <translation>Dispute and designation</translation>
  </message>
  <message>
   <source>争议和指定（事项{n}）</source>
   <translation>Dispute and designation (matter {n})</translation>
  </message>
  <message>
   <source>待决定</source>
   <translation>To be decided</translation>
  </message>
  <message>
   <source>已有结果</source>
   <translation>Decided</translation>
  </message>
  <message>
   <source>依据：{clause}</source>
   <translation>Clause: {clause}</translation>
  </message>
  <message>
   <source>可能是同一件事</source>
   <translation>May be the same matter</translation>
  </message>
  <message>
   <source>{state}　{when}　{who}</source>
   <translation>{state}　{when}　{who}</translation>
  </message>
  <message>
   <source>并入这件…</source>
   <translation>Merge into it…</translation>
  </message>
 </context>
 <context>
  <name>CorrectionsDialog</name>
  <message>
   <source>冻结后的更正</source>
   <translation>Corrections after the freezing</translation>
  </message>
  <message>
   <source>{0}冻结后的更正</source>
   <translation>Corrections after {0} was frozen</translation>
  </message>
  <message>
   <source>正在统计…</source>
   <translation>Counting…</translation>
  </message>
  <message>
   <source>指标</source>
   <translation>Indicator</translation>
  </message>
  <message>
   <source>冻结数</source>
   <translation>Frozen</translation>
  </message>
  <message>
   <source>现在</source>
   <translation>Now</translation>
  </message>
  <message>
   <source>增加案件</source>
   <translation>Came</translation>
  </message>
  <message>
   <source>减少案件</source>
   <translation>Went</translation>
  </message>
  <message>
   <source>更正</source>
   <translation>Corrections</translation>
  </message>
  <message>
   <source>案件</source>
   <translation>Cases</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>Number</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>办理单位</source>
   <translation>Lead</translation>
  </message>
  <message>
   <source>登记时间</source>
   <translation>Registered</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>冻结后又收到的记载使下列指标有变化；冻结的数字不改动。</source>
   <translation>What came after the freezing changes these indicators; the frozen figures stay.</translation>
  </message>
  <message>
   <source>冻结后没有变化。</source>
   <translation>Nothing changed after the freezing.</translation>
  </message>
 </context>
 <context>
  <name>FreezeDialog</name>
  <message>
   <source>冻结统计期</source>
   <translation>Freeze a period</translation>
  </message>
  <message>
   <source>冻结{0}（{1}）</source>
   <translation>Freeze {0} ({1})</translation>
  </message>
  <message>
   <source>冻结后，本期各项数字和数字背后的案件长期保持不变，各单位看到的都是同一组数字。</source>
   <translation>Once frozen, the figures of this period and the cases behind them stay the same for ever, and every body sees the same ones.</translation>
  </message>
  <message>
   <source>以后补录的记载不改动这组数字，另列为“更正”。冻结不能撤销。</source>
   <translation>What is entered later does not change them; it is listed as corrections. Freezing cannot be undone.</translation>
  </message>
  <message>
   <source>先与共享数据库同步一次；当时尚未同步的终端会逐个列名。</source>
   <translation>The desk synchronises first; desks that are behind are named one by one.</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>冻结(&amp;F)</source>
   <translation>&amp;Freeze</translation>
  </message>
  <message>
   <source>正在统计…</source>
   <translation>Counting…</translation>
  </message>
 </context>
 <context>
  <name>WordTrip</name>
  <message>
   <source>存为 .docx 用 WPS 修改(&amp;W)…</source>
   <translation>Save as .docx for &amp;WPS…</translation>
  </message>
  <message>
   <source>读回修改好的 .docx(&amp;I)…</source>
   <translation>Read the changed .docx &amp;in…</translation>
  </message>
  <message>
   <source>存为 .docx</source>
   <translation>Save as .docx</translation>
  </message>
  <message>
   <source>回复稿.docx</source>
   <translation>Reply.docx</translation>
  </message>
  <message>
   <source>已保存：{0}。改好后在这里读回。</source>
   <translation>Saved: {0}. Read it back here when it is done.</translation>
  </message>
  <message>
   <source>读回 .docx</source>
   <translation>Read a .docx back</translation>
  </message>
 </context>
 <context>
  <name>ReturnedDialog</name>
  <message>
   <source>读回 {name}</source>
   <translation>Read back {name}</translation>
  </message>
  <message>
   <source>与现在的回复稿比较</source>
   <translation>Compared with the text as it is now</translation>
  </message>
  <message>
   <source>没有不同。</source>
   <translation>Nothing differs.</translation>
  </message>
  <message>
   <source>＋ 增加的，－ 删去的。</source>
   <translation>+ what came, − what went.</translation>
  </message>
  <message>
   <source>文件里有 {n} 处修订（{who}），已按接受处理。</source>
   <translation> Tracked changes in the file: {n}, by {who}, taken as accepted.</translation>
  </message>
  <message>
   <source>没有完全认出信头和落款，请核对正文前后有没有多余的行。</source>
   <translation>Head and signature were not wholly known again: check for lines too many before and after the text.</translation>
  </message>
  <message>
   <source>批注：{remarks}</source>
   <translation>Remarks: {remarks}</translation>
  </message>
  <message>
   <source>不要</source>
   <translation>Leave it</translation>
  </message>
  <message>
   <source>作为新的一版(&amp;T)</source>
   <translation>&amp;Take as the next version</translation>
  </message>
 </context>
 <context>
  <name>Player</name>
  <message>
   <source>播放位置</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>播放(&amp;P)</source>
   <translation>&amp;Play</translation>
  </message>
  <message>
   <source>后退5秒</source>
   <translation>Back 5 s</translation>
  </message>
  <message>
   <source>快进5秒</source>
   <translation>On 5 s</translation>
  </message>
  <message>
   <source>暂停(&amp;P)</source>
   <translation>&amp;Pause</translation>
  </message>
  <message>
   <source>本机放不了这个录音或录像；请另存后用别的程序打开。</source>
   <translation>This desk cannot play the recording or film: save it and open it with another program.</translation>
  </message>
 </context>
 <context>
  <name>FilesCard</name>
  <message>
   <source>一个附件最多 {most} MB，本案还可附 {left} MB；原件不变，加密存放。</source>
   <translation>A file may have {most} MB, this case takes {left} MB more; originals stay as they are and are kept encrypted.</translation>
  </message>
  <message>
   <source>附件</source>
   <translation>Files</translation>
  </message>
  <message>
   <source>附件不对本单位显示；查看会留下记录。</source>
   <translation>Files are not shown to this body; revealing them leaves a record.</translation>
  </message>
  <message>
   <source>其余附件（{n}）</source>
   <translation>More files ({n})</translation>
  </message>
  <message>
   <source>还没有附件。可把文件拖到这一页。</source>
   <translation>No file yet. Files can be dropped on this page.</translation>
  </message>
  <message>
   <source>添加附件…</source>
   <translation>Attach files…</translation>
  </message>
  <message>
   <source>粘贴截图</source>
   <translation>Paste a screenshot</translation>
  </message>
  <message>
   <source>{name}
{what}　{size}　{when}</source>
   <translation>{name}
{what}　{size}　{when}</translation>
  </message>
  <message>
   <source>附件未到</source>
   <translation>not here yet</translation>
  </message>
  <message>
   <source>{who}，{when}
指纹 {hash}</source>
   <translation>{who}, {when}
Fingerprint {hash}</translation>
  </message>
  <message>
   <source>现场检查</source>
   <translation>Site visits</translation>
  </message>
  <message>
   <source>属实</source>
   <translation>Verified</translation>
  </message>
  <message>
   <source>出发</source>
   <translation>Set out</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>Arrived</translation>
  </message>
  <message>
   <source>结束</source>
   <translation>Ended</translation>
  </message>
  <message>
   <source>添加照片…</source>
   <translation>Add photos…</translation>
  </message>
  <message>
   <source>照片 {name}</source>
   <translation>Photo {name}</translation>
  </message>
  <message>
   <source>{when} {body} 的现场检查</source>
   <translation>Site visit {when} by {body}</translation>
  </message>
 </context>
 <context>
  <name>FileDialog</name>
  <message>
   <source>附件</source>
   <translation>Attachment</translation>
  </message>
  <message>
   <source>{what}　{size}　{who}，{when}</source>
   <translation>{what}　{size}　{who}, {when}</translation>
  </message>
  <message>
   <source>指纹已核对：{hash}</source>
   <translation>Fingerprint checked: {hash}</translation>
  </message>
  <message>
   <source>这种文件不在窗口里打开；请另存后用 WPS 等程序打开。</source>
   <translation>This kind of file is not opened inside the window: save it and open it with WPS or another program.</translation>
  </message>
  <message>
   <source>这张照片的格式本机不认识；请另存后打开。</source>
   <translation>This desk does not know the format of the photo: save it and open it elsewhere.</translation>
  </message>
 </context>
 <context>
  <name>CaseFiles</name>
  <message>
   <source>现在不能给这件案件添加附件。</source>
   <translation>No file can be attached to this case now.</translation>
  </message>
 </context>
 <context>
  <name>AttachDialog</name>
  <message>
   <source>归档：{number}
{name}的签收回执
（案件 {case}）</source>
   <translation>File it: {number}
signed receipt of {name}
(case {case})</translation>
  </message>
  <message>
   <source>添加附件</source>
   <translation>Attach files</translation>
  </message>
  <message>
   <source>属于哪次现场检查</source>
   <translation>Which site visit they belong to</translation>
  </message>
  <message>
   <source>属于整件案件</source>
   <translation>Belongs to the whole case</translation>
  </message>
  <message>
   <source>要附上的文件</source>
   <translation>Files to be attached</translation>
  </message>
  <message>
   <source>选择文件(&amp;F)…</source>
   <translation>Choose &amp;files…</translation>
  </message>
  <message>
   <source>粘贴(&amp;V)</source>
   <translation>Paste (&amp;V)</translation>
  </message>
  <message>
   <source>附上</source>
   <translation>Attach</translation>
  </message>
  <message>
   <source>剪贴板里没有图片或文件。</source>
   <translation>The clipboard holds no picture and no file.</translation>
  </message>
  <message>
   <source>截图 {0:%Y%m%d-%H%M%S}.png</source>
   <translation>Screenshot {0:%Y%m%d-%H%M%S}.png</translation>
  </message>
  <message>
   <source>选择要附上的文件</source>
   <translation>Choose the files to attach</translation>
  </message>
  <message>
   <source>把文件拖到这里，或选择文件、粘贴截图。照片按拍摄方向转正；重新打开的总是原件。</source>
   <translation>Drop files here, choose them or paste a screenshot. Photos are shown upright; what is opened later is always the original.</translation>
  </message>
  <message>
   <source>附上 {n} 个文件</source>
   <translation>Attach ({n})</translation>
  </message>
  <message>
   <source>{size}　指纹 {hash}</source>
   <translation>{size}　Fingerprint {hash}</translation>
  </message>
  <message>
   <source>归档：这是 {number} {name}（案件 {case}）</source>
   <translation>File it: this is {name} {number} (case {case})</translation>
  </message>
  <message>
   <source>{name} 是什么</source>
   <translation>What {name} is</translation>
  </message>
  <message>
   <source>移去</source>
   <translation>Take out</translation>
  </message>
  <message>
   <source>移去 {name}</source>
   <translation>Take out {name}</translation>
  </message>
  <message>
   <source>已附上 {n} 个文件</source>
   <translation>Files attached: {n}</translation>
  </message>
 </context>
 <context>
  <name>ChosenBar</name>
  <message>
   <source>批量办理(&amp;M)…</source>
   <translation>Act on the&amp;m…</translation>
  </message>
  <message>
   <source>复制(&amp;Y)</source>
   <translation>Cop&amp;y</translation>
  </message>
  <message>
   <source>已选 {n} 件</source>
   <translation>{n} chosen</translation>
  </message>
  <message>
   <source>一次最多办理 {n} 件</source>
   <translation>At most {n} at a time</translation>
  </message>
  <message>
   <source>所选案件没有共同的办理事项</source>
   <translation>No act is open to all that are chosen</translation>
  </message>
 </context>
 <context>
  <name>MechanismPage</name>
  <message>
   <source>版本</source>
   <translation>Versions</translation>
  </message>
 </context>
 <context>
  <name>PublishDialog</name>
  <message>
   <source>发布新版本</source>
   <translation>Publish a new version</translation>
  </message>
  <message>
   <source>与现行版本的不同</source>
   <translation>Differences from the version in force</translation>
  </message>
  <message>
   <source>发布后不能改动，只能再发布下一版本。已登记的案件仍按原版本办理，除非另行转用。</source>
   <translation>A published version never changes; only a next one follows. Registered cases keep their version unless they are moved.</translation>
  </message>
  <message>
   <source>部分</source>
   <translation>Part</translation>
  </message>
  <message>
   <source>行</source>
   <translation>Row</translation>
  </message>
  <message>
   <source>现行</source>
   <translation>In force</translation>
  </message>
  <message>
   <source>改为</source>
   <translation>Becomes</translation>
  </message>
  <message>
   <source>有 1 处不同</source>
   <translation>1 difference</translation>
  </message>
  <message>
   <source>共 {0} 处不同</source>
   <translation>Differences: {0}</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>发布(&amp;P)</source>
   <translation>&amp;Publish</translation>
  </message>
 </context>
 <context>
  <name>RowForm</name>
  <message>
   <source>应为 {0}；还没有采用。</source>
   <translation>Expected {0}; not taken yet.</translation>
  </message>
 </context>
 <context>
  <name>VersionPage</name>
  <message>
   <source>样张：{0}</source>
   <translation>Specimen: {0}</translation>
  </message>
  <message>
   <source>预览文书(&amp;R)</source>
   <translation>P&amp;review the paper</translation>
  </message>
  <message>
   <source>文书</source>
   <translation>Papers</translation>
  </message>
  <message>
   <source>要改的表</source>
   <translation>Table to change</translation>
  </message>
  <message>
   <source>部门</source>
   <translation>Bodies</translation>
  </message>
  <message>
   <source>移送决定表</source>
   <translation>Decision table</translation>
  </message>
  <message>
   <source>时限</source>
   <translation>Deadlines</translation>
  </message>
  <message>
   <source>设置</source>
   <translation>Settings</translation>
  </message>
  <message>
   <source>待办</source>
   <translation>Waiting</translation>
  </message>
  <message>
   <source>正在读取…</source>
   <translation>Reading…</translation>
  </message>
  <message>
   <source>新版本草稿</source>
   <translation>Draft of a new version</translation>
  </message>
  <message>
   <source>版本号</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>施行日期</source>
   <translation>In force from</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>依据什么文件或谁的决定</source>
   <translation>By which document or whose decision</translation>
  </message>
  <message>
   <source>行</source>
   <translation>Row</translation>
  </message>
  <message>
   <source>内容</source>
   <translation>Content</translation>
  </message>
  <message>
   <source>有误</source>
   <translation>Wrong</translation>
  </message>
  <message>
   <source>表中各行</source>
   <translation>Rows of the table</translation>
  </message>
  <message>
   <source>选中的行</source>
   <translation>The row chosen</translation>
  </message>
  <message>
   <source>加一行(&amp;I)</source>
   <translation>Add a row (&amp;I)</translation>
  </message>
  <message>
   <source>删去(&amp;D)</source>
   <translation>Take out (&amp;D)</translation>
  </message>
  <message>
   <source>上移(&amp;U)</source>
   <translation>&amp;Up</translation>
  </message>
  <message>
   <source>下移(&amp;W)</source>
   <translation>Do&amp;wn</translation>
  </message>
  <message>
   <source>从文件导入(&amp;O)…</source>
   <translation>From a file (&amp;O)…</translation>
  </message>
  <message>
   <source>导出为文件(&amp;E)…</source>
   <translation>To a file (&amp;E)…</translation>
  </message>
  <message>
   <source>看改动(&amp;V)</source>
   <translation>See changes (&amp;V)</translation>
  </message>
  <message>
   <source>发布(&amp;P)…</source>
   <translation>&amp;Publish…</translation>
  </message>
  <message>
   <source>这些表在这里改。状态、步骤和其他部分随文件改：先“导出为文件”，改好后“从文件导入”，同样要经过检查。</source>
   <translation>These tables are changed here. States, steps and all else are changed in the file: export it, change it, take it in again; it is checked in the same way.</translation>
  </message>
  <message>
   <source>检查过了，没有错误。</source>
   <translation>Checked: nothing is wrong.</translation>
  </message>
  <message>
   <source>有 {count} 处错误，改正后才能发布。第一处在{place}：{expected}</source>
   <translation>Mistakes: {count}; correct them before publishing. The first, {place}: expected {expected}</translation>
  </message>
  <message>
   <source>从文件导入</source>
   <translation>From a file</translation>
  </message>
  <message>
   <source>导出为文件</source>
   <translation>To a file</translation>
  </message>
  <message>
   <source>已导出。</source>
   <translation>Written.</translation>
  </message>
  <message>
   <source>请填写施行日期和理由。</source>
   <translation>Give the day from which it is in force, and the reason.</translation>
  </message>
  <message>
   <source>版本 {version}，自 {day} 起施行。理由：{reason}</source>
   <translation>Version {version}, in force from {day}. Reason: {reason}</translation>
  </message>
  <message>
   <source>已发布 {name}，自 {day} 起施行。</source>
   <translation>{name} is published, in force from {day}.</translation>
  </message>
 </context>
 <context>
  <name>VersionsPanel</name>
  <message>
   <source>版本</source>
   <translation>Versions</translation>
  </message>
  <message>
   <source>施行日期</source>
   <translation>In force from</translation>
  </message>
  <message>
   <source>现状</source>
   <translation>State</translation>
  </message>
  <message>
   <source>在办案件</source>
   <translation>Open cases</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>起草新版本(&amp;N)…</source>
   <translation>Draft a &amp;new version…</translation>
  </message>
  <message>
   <source>在办案件转用现行版本(&amp;M)…</source>
   <translation>&amp;Move open cases to the one in force…</translation>
  </message>
  <message>
   <source>导出选中的版本(&amp;E)…</source>
   <translation>Writ&amp;e the chosen one to a file…</translation>
  </message>
  <message>
   <source>现行</source>
   <translation>In force</translation>
  </message>
  <message>
   <source>尚未施行</source>
   <translation>Not yet in force</translation>
  </message>
  <message>
   <source>已被替代</source>
   <translation>Replaced</translation>
  </message>
  <message>
   <source>建立时</source>
   <translation>From the start</translation>
  </message>
  <message>
   <source>只有管理员可以发布新版本、转用案件。</source>
   <translation>Only an administrator may publish versions and move cases.</translation>
  </message>
  <message>
   <source>在办案件转用现行版本</source>
   <translation>Move open cases to the version in force</translation>
  </message>
  <message>
   <source>{0} 件在办案件按较早的版本办理，将转用现行版本，期限随之重算。理由：</source>
   <translation>Open cases under earlier versions: {0}. They will be moved to the one in force and their dates counted anew. Reason:</translation>
  </message>
  <message>
   <source>已转用 {0} 件，{1} 件没有转用。</source>
   <translation>Cases moved: {0}, not moved: {1}.</translation>
  </message>
  <message>
   <source>导出选中的版本</source>
   <translation>Write the chosen version to a file</translation>
  </message>
  <message>
   <source>已导出。</source>
   <translation>Written.</translation>
  </message>
 </context>
 <context>
  <name>ManyDialog</name>
  <message>
   <source>{act}　{n} 件</source>
   <translation>{act} · cases: {n}</translation>
  </message>
  <message>
   <source>等 {n} 件</source>
   <translation> and others, {n} in all</translation>
  </message>
  <message>
   <source>，共 {n} 件</source>
   <translation>, {n} in all</translation>
  </message>
  <message>
   <source>填写的内容写入每一件；有一件不能办理，就一件也不办。</source>
   <translation>What you fill in goes to every case; when one refuses it, nothing is done to any.</translation>
  </message>
  <message>
   <source>已办理 {n} 件：{act}</source>
   <translation>{act}: done, cases: {n}</translation>
  </message>
  <message>
   <source>有 {n} 件不能办理，所以一件也没有办：</source>
   <translation>Nothing was done to any case. Cases that refuse it: {n}</translation>
  </message>
  <message>
   <source>只办能办的 {n} 件</source>
   <translation>Do the {n} that allow it</translation>
  </message>
 </context>
 <context>
  <name>FilterBar</name>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>责任单位</source>
   <translation>Responsible</translation>
  </message>
  <message>
   <source>所属镇街</source>
   <translation>Town</translation>
  </message>
  <message>
   <source>类别</source>
   <translation>Kind</translation>
  </message>
  <message>
   <source>筛选：{what}</source>
   <translation>Narrow to: {what}</translation>
  </message>
  <message>
   <source>排序(&amp;S)</source>
   <translation>&amp;Sort</translation>
  </message>
  <message>
   <source>排序(&amp;S)：{how}</source>
   <translation>&amp;Sort: {how}</translation>
  </message>
  <message>
   <source>常用筛选(&amp;F)</source>
   <translation>Saved &amp;filters</translation>
  </message>
  <message>
   <source>全部显示(&amp;W)</source>
   <translation>Sho&amp;w all</translation>
  </message>
  <message>
   <source>倒序</source>
   <translation>Descending</translation>
  </message>
  <message>
   <source>保存现在的筛选和排序…</source>
   <translation>Save this filter and order…</translation>
  </message>
  <message>
   <source>删除</source>
   <translation>Delete</translation>
  </message>
  <message>
   <source>保存筛选</source>
   <translation>Save the filter</translation>
  </message>
  <message>
   <source>名称</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>已保存常用筛选“{name}”</source>
   <translation>Filter “{name}” saved</translation>
  </message>
 </context>
 <context>
  <name>AboutDialog</name>
  <message>
   <source>关于联络员工作台</source>
   <translation>About Liaison Desk</translation>
  </message>
  <message>
   <source>联络员工作台</source>
   <translation>Liaison Desk</translation>
  </message>
  <message>
   <source>数据位置：{home}</source>
   <translation>Data: {home}</translation>
  </message>
  <message>
   <source>开放源代码许可(&amp;L)…</source>
   <translation>Open source &amp;licences…</translation>
  </message>
  <message>
   <source>复制版本信息(&amp;C)</source>
   <translation>&amp;Copy the version</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
 </context>
 <context>
  <name>ActDialog</name>
  <message>
   <source>该单位没有自己的工作台，由您代为录入。两个人的姓名和凭据都记在案上；能附上传真件或来函的，请附上。</source>
   <translation>This body has no desk of its own; you enter for it what it did. Both names and the evidence stand on the case; attach the fax or the letter where you can.</translation>
  </message>
  <message>
   <source>{act}（代{body}）</source>
   <translation>{act} (for {body})</translation>
  </message>
  <message>
   <source>没写完的内容已留着，再打开时还在。</source>
   <translation>What was typed is kept; it is there when the form is opened again.</translation>
  </message>
  <message>
   <source>已恢复 {0} 的草稿</source>
   <translation>Draft of {0} restored</translation>
  </message>
  <message>
   <source>还没有选照片、录音</source>
   <translation>No photo or recording chosen yet</translation>
  </message>
  <message>
   <source>选择现场照片、录音</source>
   <translation>Choose photos and recordings of the site</translation>
  </message>
  <message>
   <source>照片、录音…</source>
   <translation>Photos, recordings…</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>建议接收单位</source>
   <translation>Proposed addressee</translation>
  </message>
  <message>
   <source>请照此告诉投诉人</source>
   <translation>Tell the complainant this</translation>
  </message>
  <message>
   <source>复制短信</source>
   <translation>Copy the message</translation>
  </message>
  <message>
   <source>紧急件不必等屏幕：可先电话请示，次一工作日前补签。</source>
   <translation>An urgent case need not wait for a screen: ask by telephone, countersign by the next working day.</translation>
  </message>
  <message>
   <source>短信已复制</source>
   <translation>Message copied</translation>
  </message>
  <message>
   <source>选择文件…</source>
   <translation>Choose a file…</translation>
  </message>
  <message>
   <source>按建议</source>
   <translation>As proposed</translation>
  </message>
  <message>
   <source>是</source>
   <translation>Yes</translation>
  </message>
  <message>
   <source>写明要改什么</source>
   <translation>Say what must change</translation>
  </message>
  <message>
   <source>补录：不是现在发生的</source>
   <translation>Late entry: it did not happen now</translation>
  </message>
  <message>
   <source>选择扫描件</source>
   <translation>Choose the scan</translation>
  </message>
  <message>
   <source>已记录：{0}</source>
   <translation>Recorded: {0}</translation>
  </message>
 </context>
 <context>
  <name>Where</name>
  <message>
   <source>位置：</source>
   <translation>Look in:</translation>
  </message>
  <message>
   <source>文件类型：</source>
   <translation>Files of type:</translation>
  </message>
 </context>
 <context>
  <name>Cosign</name>
  <message>
   <source>送会签</source>
   <translation>Have it co-signed</translation>
  </message>
  <message>
   <source>会签单位（只能看到这份文稿，看不到案件的其他内容）：</source>
   <translation>Body that co-signs (it reads this text and nothing else of the case):</translation>
  </message>
  <message>
   <source>已送{body}会签</source>
   <translation>Sent to {body} for co-signing</translation>
  </message>
  <message>
   <source>没有等着送会签的文稿：先送审，轮到会签时再送</source>
   <translation>No text waits to be co-signed: submit it first, and send it when co-signing is the next step</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>应答告警(&amp;P)</source>
   <translation>Answer the alarm (&amp;P)</translation>
  </message>
  <message>
   <source>应答正在响铃的紧急件，记下是谁应答</source>
   <translation>Answer the urgent case that rings; who answered is recorded</translation>
  </message>
  <message>
   <source>打开告警的案件(&amp;O)</source>
   <translation>Open the case that rings (&amp;Q)</translation>
  </message>
  <message>
   <source>打开正在响铃的案件</source>
   <translation>Open the case for which it rings</translation>
  </message>
  <message>
   <source>逐项复制(&amp;I)…</source>
   <translation>Copy &amp;item by item…</translation>
  </message>
  <message>
   <source>把案件各项逐一复制到12345、信访、12369等系统</source>
   <translation>Copy the items of the case into 12345, petition or 12369 systems, one by one</translation>
  </message>
  <message>
   <source>导出本列表(&amp;E)…</source>
   <translation>&amp;Export this list…</translation>
  </message>
  <message>
   <source>把现在的列表按所选的列存成 .xlsx 表格</source>
   <translation>Save the list as it is shown, with the chosen columns, as .xlsx</translation>
  </message>
  <message>
   <source>填入本单位台账(&amp;F)…</source>
   <translation>&amp;Fill the office's own form…</translation>
  </message>
  <message>
   <source>选一张本单位的 .xlsx 台账表，把列表里的案件填进去</source>
   <translation>Choose a form of the office (.xlsx) and fill the cases of the list into it</translation>
  </message>
  <message>
   <source>导出期限日历(&amp;D)…</source>
   <translation>Export the &amp;due dates…</translation>
  </message>
  <message>
   <source>把本单位的期限存成日历文件 .ics，不含个人信息</source>
   <translation>Save the due dates of the body as a calendar file .ics, without personal data</translation>
  </message>
  <message>
   <source>反复投诉地点(&amp;H)</source>
   <translation>Places complained of again (&amp;H)</translation>
  </message>
  <message>
   <source>被反复投诉的地点（次数和天数按本机制），及这些案件</source>
   <translation>Places complained of again (as often and inside as many days as the mechanism says), and these cases</translation>
  </message>
  <message>
   <source>打印全案(&amp;C)…</source>
   <translation>Print the whole c&amp;ase…</translation>
  </message>
  <message>
   <source>这件案件的全部情况、经过、回复、附件和照片</source>
   <translation>Everything of this case: facts, course, replies, files and photos</translation>
  </message>
  <message>
   <source>打印对外全案(&amp;X)…</source>
   <translation>Print the case for outside (&amp;X)…</translation>
  </message>
  <message>
   <source>不含内部备注和个人信息的全案</source>
   <translation>The case without inner notes and personal data</translation>
  </message>
  <message>
   <source>发文、收文、送文、用印登记簿：查、打印、导出</source>
   <translation>Papers sent and received, deliveries, seals: search, print, export</translation>
  </message>
  <message>
   <source>登记簿(&amp;N)</source>
   <translation>Registers (&amp;N)</translation>
  </message>
  <message>
   <source>添加附件(&amp;F)…</source>
   <translation>Attach &amp;files…</translation>
  </message>
  <message>
   <source>把文件、照片、录音附到这件案件；也可以直接拖到案件页上</source>
   <translation>Attach files, photos or recordings to this case; they can also be dropped on its page</translation>
  </message>
  <message>
   <source>粘贴截图(&amp;J)</source>
   <translation>Paste a screens&amp;hot</translation>
  </message>
  <message>
   <source>把剪贴板里的截图或文件附到这件案件</source>
   <translation>Attach the screenshot or the files of the clipboard to this case</translation>
  </message>
  <message>
   <source>深色(&amp;D)</source>
   <translation>&amp;Dark</translation>
  </message>
  <message>
   <source>深色界面；设置里可以改为跟随系统</source>
   <translation>Dark colours; the settings can follow the system instead</translation>
  </message>
  <message>
   <source>打印今天的移送单(&amp;T)…</source>
   <translation>Print &amp;today's slips…</translation>
  </message>
  <message>
   <source>今天移出的全部移送单，一次预览、打印</source>
   <translation>Every slip sent today, in one preview and print</translation>
  </message>
  <message>
   <source>同步与需核对事项(&amp;Y)</source>
   <translation>S&amp;ync and items to check</translation>
  </message>
  <message>
   <source>待上传的、和别处对不上的，以及立即同步</source>
   <translation>What waits to be sent, what does not fit, and synchronising now</translation>
  </message>
  <message>
   <source>期限怎样计算(&amp;F)</source>
   <translation>&amp;How dates are counted</translation>
  </message>
  <message>
   <source>说明当前案件的每个期限是怎样数出来的</source>
   <translation>Tells how each limit of the case in sight was counted</translation>
  </message>
  <message>
   <source>文件(&amp;F)</source>
   <translation>&amp;File</translation>
  </message>
  <message>
   <source>转到(&amp;G)</source>
   <translation>&amp;Go</translation>
  </message>
  <message>
   <source>案件(&amp;C)</source>
   <translation>&amp;Case</translation>
  </message>
  <message>
   <source>视图(&amp;V)</source>
   <translation>&amp;View</translation>
  </message>
  <message>
   <source>帮助(&amp;H)</source>
   <translation>&amp;Help</translation>
  </message>
  <message>
   <source>登记投诉(&amp;N)</source>
   <translation>Register a complai&amp;nt</translation>
  </message>
  <message>
   <source>设置(&amp;I)…</source>
   <translation>Sett&amp;ings…</translation>
  </message>
  <message>
   <source>颜色、大字、语言、自动锁定：可以查找，可以恢复默认</source>
   <translation>Colours, large type, language, automatic lock: searchable, each can be set back</translation>
  </message>
  <message>
   <source>打开登记表，记下来电或来访</source>
   <translation>Open the form and take down a call or a visit</translation>
  </message>
  <message>
   <source>导入表格(&amp;I)…</source>
   <translation>&amp;Import a table…</translation>
  </message>
  <message>
   <source>从表格文件读入已有的投诉</source>
   <translation>Read complaints from a table file</translation>
  </message>
  <message>
   <source>打印(&amp;P)…</source>
   <translation>&amp;Print…</translation>
  </message>
  <message>
   <source>预览并打印本页的文书</source>
   <translation>Preview and print the paper of this page</translation>
  </message>
  <message>
   <source>备份本机数据(&amp;B)…</source>
   <translation>&amp;Back up this desk…</translation>
  </message>
  <message>
   <source>把本机数据加密存成一个文件</source>
   <translation>Save this desk, encrypted, as one file</translation>
  </message>
  <message>
   <source>换人(&amp;L)</source>
   <translation>&amp;Change person</translation>
  </message>
  <message>
   <source>换另一位工作人员，正在写的草稿会保留</source>
   <translation>Let another person take the desk; drafts are kept</translation>
  </message>
  <message>
   <source>锁定(&amp;K)</source>
   <translation>Loc&amp;k</translation>
  </message>
  <message>
   <source>离开座位时锁定窗口</source>
   <translation>Lock the window when you leave</translation>
  </message>
  <message>
   <source>退出(&amp;Q)</source>
   <translation>&amp;Quit</translation>
  </message>
  <message>
   <source>关闭工作台，草稿已自动保存</source>
   <translation>Close the desk; drafts are saved</translation>
  </message>
  <message>
   <source>返回(&amp;B)</source>
   <translation>&amp;Back</translation>
  </message>
  <message>
   <source>回到上一页</source>
   <translation>Go to the page before</translation>
  </message>
  <message>
   <source>查找(&amp;S)</source>
   <translation>Fin&amp;d</translation>
  </message>
  <message>
   <source>按姓名、电话、地点、编号查找</source>
   <translation>Find by name, telephone, place or number</translation>
  </message>
  <message>
   <source>刷新(&amp;R)</source>
   <translation>&amp;Refresh</translation>
  </message>
  <message>
   <source>重新读取本页</source>
   <translation>Read this page again</translation>
  </message>
  <message>
   <source>今日待办(&amp;1)</source>
   <translation>Today(&amp;1)</translation>
  </message>
  <message>
   <source>今天要做的事，按先后排列</source>
   <translation>What is to be done today, in order</translation>
  </message>
  <message>
   <source>待补正(&amp;2)</source>
   <translation>To complete(&amp;2)</translation>
  </message>
  <message>
   <source>要素不全件</source>
   <translation>Cases with missing items</translation>
  </message>
  <message>
   <source>待移送(&amp;3)</source>
   <translation>To transfer(&amp;3)</translation>
  </message>
  <message>
   <source>已登记、尚未移送的投诉</source>
   <translation>Registered, not yet transferred</translation>
  </message>
  <message>
   <source>待审批(&amp;4)</source>
   <translation>To approve(&amp;4)</translation>
  </message>
  <message>
   <source>等待审批的移送单</source>
   <translation>Slips that await approval</translation>
  </message>
  <message>
   <source>待签收(&amp;5)</source>
   <translation>To sign(&amp;5)</translation>
  </message>
  <message>
   <source>移送到本单位、尚未签收的投诉</source>
   <translation>Transferred to us, not yet signed</translation>
  </message>
  <message>
   <source>待受理(&amp;6)</source>
   <translation>To accept(&amp;6)</translation>
  </message>
  <message>
   <source>已签收、尚未受理的投诉</source>
   <translation>Signed, not yet accepted</translation>
  </message>
  <message>
   <source>待告知(&amp;7)</source>
   <translation>To inform(&amp;7)</translation>
  </message>
  <message>
   <source>还要告知投诉人的案件</source>
   <translation>Cases whose complainant must be told</translation>
  </message>
  <message>
   <source>逾期(&amp;8)</source>
   <translation>Overdue(&amp;8)</translation>
  </message>
  <message>
   <source>已经超过期限的案件</source>
   <translation>Cases past their limit</translation>
  </message>
  <message>
   <source>全部案件(&amp;9)</source>
   <translation>All cases(&amp;9)</translation>
  </message>
  <message>
   <source>本机上的全部案件</source>
   <translation>All cases on this desk</translation>
  </message>
  <message>
   <source>办理下一步(&amp;A)</source>
   <translation>Ne&amp;xt step</translation>
  </message>
  <message>
   <source>打开这件案件的下一步</source>
   <translation>Open the next step of this case</translation>
  </message>
  <message>
   <source>预览移送单(&amp;S)</source>
   <translation>Preview the &amp;slip</translation>
  </message>
  <message>
   <source>在窗口里查看环境污染投诉移送单</source>
   <translation>See the transfer slip in the window</translation>
  </message>
  <message>
   <source>写备注(&amp;M)</source>
   <translation>Write a no&amp;te</translation>
  </message>
  <message>
   <source>写一条只有本单位看得到的备注</source>
   <translation>Write a note that only this body reads</translation>
  </message>
  <message>
   <source>复制案情(&amp;C)</source>
   <translation>&amp;Copy the case</translation>
  </message>
  <message>
   <source>把案情复制成文字</source>
   <translation>Copy the case as text</translation>
  </message>
  <message>
   <source>命令面板(&amp;K)</source>
   <translation>Command &amp;palette</translation>
  </message>
  <message>
   <source>输入几个字，找到任何命令</source>
   <translation>Type a few letters to find any command</translation>
  </message>
  <message>
   <source>选择列(&amp;C)…</source>
   <translation>&amp;Columns…</translation>
  </message>
  <message>
   <source>选择列表显示哪些列、按什么次序</source>
   <translation>Choose which columns the list shows, and in which order</translation>
  </message>
  <message>
   <source>大字(&amp;Z)</source>
   <translation>&amp;Large type</translation>
  </message>
  <message>
   <source>用16磅大字显示</source>
   <translation>Show everything at 16 points</translation>
  </message>
  <message>
   <source>English(&amp;E)</source>
   <translation>中文(&amp;E)</translation>
  </message>
  <message>
   <source>切换到英文界面</source>
   <translation>Switch to Chinese</translation>
  </message>
  <message>
   <source>自动锁定时间(&amp;I)…</source>
   <translation>Lock when &amp;idle…</translation>
  </message>
  <message>
   <source>多久没有操作就自动锁定</source>
   <translation>How long without work before the window locks</translation>
  </message>
  <message>
   <source>快捷键一览(&amp;S)</source>
   <translation>&amp;Shortcuts</translation>
  </message>
  <message>
   <source>列出全部命令和快捷键</source>
   <translation>List every command with its keys</translation>
  </message>
  <message>
   <source>保存诊断文件(&amp;D)…</source>
   <translation>Save a support &amp;file…</translation>
  </message>
  <message>
   <source>保存一个不含个人信息的诊断文件，供技术人员查看</source>
   <translation>Save a file without personal data for a technician</translation>
  </message>
  <message>
   <source>关于(&amp;A)</source>
   <translation>&amp;About</translation>
  </message>
  <message>
   <source>版本和本机情况，可以复制</source>
   <translation>Version and this desk, to copy</translation>
  </message>
  <message>
   <source>工作人员(&amp;W)…</source>
   <translation>&amp;Staff…</translation>
  </message>
  <message>
   <source>谁可以使用这个工作台：新增、开通、离任</source>
   <translation>Who may use this desk: enter, give access, leave</translation>
  </message>
  <message>
   <source>机制(&amp;M)</source>
   <translation>&amp;Mechanism</translation>
  </message>
  <message>
   <source>部门职责、移送决定表、时限、状态、文书和设置</source>
   <translation>Bodies and duties, routing table, limits, states, papers and settings</translation>
  </message>
  <message>
   <source>统计(&amp;F)</source>
   <translation>&amp;Figures</translation>
  </message>
  <message>
   <source>一个月、季度或年度的各项指标，及每个数字背后的案件</source>
   <translation>The indicators of a month, a quarter or a year, and the cases behind each number</translation>
  </message>
  <message>
   <source>工作日历(&amp;W)</source>
   <translation>&amp;Working calendar</translation>
  </message>
  <message>
   <source>休息日、补班日，录入一年的放假安排</source>
   <translation>Rest days and make-up days; enter a year's notice</translation>
  </message>
  <message>
   <source>移交在办案件(&amp;H)…</source>
   <translation>Hand open cases &amp;over…</translation>
  </message>
  <message>
   <source>离任、调动、休假时，把一位同事名下的在办案件全部交给另一位</source>
   <translation>When somebody leaves, moves or is away: give all open cases that he has to a colleague</translation>
  </message>
  <message>
   <source>最近打开的案件(&amp;E)…</source>
   <translation>R&amp;ecent cases…</translation>
  </message>
  <message>
   <source>您最近打开过的案件，回车再打开</source>
   <translation>The cases you opened last; Enter opens one again</translation>
  </message>
  <message>
   <source>为什么这样(&amp;F)</source>
   <translation>&amp;Why it is so</translation>
  </message>
  <message>
   <source>当前案件的状态、期限和可办的事各依据哪一条；没有案件时打开指南的这一页</source>
   <translation>By which rule state, dates and acts of the case stand; without a case, the guide at this page</translation>
  </message>
  <message>
   <source>使用指南(&amp;G)</source>
   <translation>&amp;Guide</translation>
  </message>
  <message>
   <source>打开指南，从这一页的说明开始</source>
   <translation>Open the guide at the chapter about this page</translation>
  </message>
  <message>
   <source>签发流程(&amp;G)…</source>
   <translation>Chain of si&amp;gning…</translation>
  </message>
  <message>
   <source>本单位的回复由谁核稿、审核、会签、签发，谁是B角</source>
   <translation>Who checks, reviews, co-signs and signs the replies of your body, and who stands in</translation>
  </message>
 </context>
 <context>
  <name>CasePage</name>
  <message>
   <source>代{body}</source>
   <translation>for {body}</translation>
  </message>
  <message>
   <source>代录：没有工作台的单位</source>
   <translation>Entered for bodies without a desk</translation>
  </message>
  <message>
   <source>到期删除个人信息…</source>
   <translation>Erase personal parts…</translation>
  </message>
  <message>
   <source>逐项复制…</source>
   <translation>Copy item by item…</translation>
  </message>
  <message>
   <source>全案（对外）</source>
   <translation>The whole case (for outside)</translation>
  </message>
  <message>
   <source>全案</source>
   <translation>The whole case</translation>
  </message>
  <message>
   <source>{what}：{left}</source>
   <translation>{what}: {left}</translation>
  </message>
  <message>
   <source>案情和办理经过</source>
   <translation>Case and course</translation>
  </message>
  <message>
   <source>办理和期限</source>
   <translation>Steps and limits</translation>
  </message>
  <message>
   <source>正在打开…</source>
   <translation>Opening…</translation>
  </message>
  <message>
   <source>这件案件还没有移送单。</source>
   <translation>This case has no slip yet.</translation>
  </message>
  <message>
   <source>案件 {number}</source>
   <translation>Case {number}</translation>
  </message>
  <message>
   <source>已复制。</source>
   <translation>Copied.</translation>
  </message>
  <message>
   <source>下一步</source>
   <translation>Next step</translation>
  </message>
  <message>
   <source>现在没有要由您办理的步骤。</source>
   <translation>There is no step for you now.</translation>
  </message>
  <message>
   <source>其他</source>
   <translation>More</translation>
  </message>
  <message>
   <source>复制案情</source>
   <translation>Copy the case</translation>
  </message>
  <message>
   <source>{act}（事项{n}）</source>
   <translation>{act} (matter {n})</translation>
  </message>
  <message>
   <source>依据 {rule}</source>
   <translation>By {rule}</translation>
  </message>
  <message>
   <source>（对象不明）</source>
   <translation>(object unknown)</translation>
  </message>
  <message>
   <source>还缺：{items}</source>
   <translation>Missing: {items}</translation>
  </message>
  <message>
   <source>事项{n}：{line}</source>
   <translation>Matter {n}: {line}</translation>
  </message>
  <message>
   <source>下一步：{line}</source>
   <translation>Next: {line}</translation>
  </message>
  <message>
   <source>关联案件</source>
   <translation>Cases that belong to it</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>所属镇街</source>
   <translation>Town</translation>
  </message>
  <message>
   <source>首接单位</source>
   <translation>First receiver</translation>
  </message>
  <message>
   <source>来源</source>
   <translation>Channel</translation>
  </message>
  <message>
   <source>来电时间</source>
   <translation>Received at</translation>
  </message>
  <message>
   <source>登记时间</source>
   <translation>Registered at</translation>
  </message>
  <message>
   <source>人数</source>
   <translation>Headcount</translation>
  </message>
  <message>
   <source>外部编号</source>
   <translation>Foreign number</translation>
  </message>
  <message>
   <source>{what}：{left}</source>
   <translation>{what}: {left}</translation>
  </message>
  <message>
   <source>办理：{how}</source>
   <translation>Handling: {how}</translation>
  </message>
  <message>
   <source>移送：{how}</source>
   <translation>Transfer: {how}</translation>
  </message>
  <message>
   <source>保密：{grade}</source>
   <translation>Confidential: {grade}</translation>
  </message>
  <message>
   <source>投诉人和内容</source>
   <translation>Complainant and content</translation>
  </message>
  <message>
   <source>不再属于本单位</source>
   <translation>No longer your body's</translation>
  </message>
  <message>
   <source>投诉人信息不对本单位显示；查看会留下记录。</source>
   <translation>The complainant is not shown to this body; opening it leaves a record.</translation>
  </message>
  <message>
   <source>姓名</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>联系方式</source>
   <translation>Contact</translation>
  </message>
  <message>
   <source>地址</source>
   <translation>Address</translation>
  </message>
  <message>
   <source>来电记录原文</source>
   <translation>The caller's words</translation>
  </message>
  <message>
   <source>责任单位和依据</source>
   <translation>Who is responsible, and why</translation>
  </message>
  <message>
   <source>配合单位</source>
   <translation>Supporting bodies</translation>
  </message>
  <message>
   <source>受理编号</source>
   <translation>Acceptance number</translation>
  </message>
  <message>
   <source>已知情况</source>
   <translation>Known facts</translation>
  </message>
  <message>
   <source>移送</source>
   <translation>Transfer</translation>
  </message>
  <message>
   <source>移送单</source>
   <translation>Slip</translation>
  </message>
  <message>
   <source>移送单编号</source>
   <translation>Slip number</translation>
  </message>
  <message>
   <source>拟移送人</source>
   <translation>Proposed by</translation>
  </message>
  <message>
   <source>审批</source>
   <translation>Approval</translation>
  </message>
  <message>
   <source>移送方式</source>
   <translation>Method</translation>
  </message>
  <message>
   <source>移送时间</source>
   <translation>Sent at</translation>
  </message>
  <message>
   <source>送达时间</source>
   <translation>Delivered at</translation>
  </message>
  <message>
   <source>签收人</source>
   <translation>Signed by</translation>
  </message>
  <message>
   <source>对方联系人</source>
   <translation>Contact there</translation>
  </message>
  <message>
   <source>改派理由</source>
   <translation>Reason for another addressee</translation>
  </message>
  <message>
   <source>告知投诉人</source>
   <translation>Tell the complainant</translation>
  </message>
  <message>
   <source>电话里这样说</source>
   <translation>Say on the telephone</translation>
  </message>
  <message>
   <source>{act}（{what}）</source>
   <translation>{act} ({what})</translation>
  </message>
  <message>
   <source>短信</source>
   <translation>Message</translation>
  </message>
  <message>
   <source>复制</source>
   <translation>Copy</translation>
  </message>
  <message>
   <source>复制：{what}</source>
   <translation>Copy: {what}</translation>
  </message>
  <message>
   <source>期限</source>
   <translation>Limits</translation>
  </message>
  <message>
   <source>没有正在计算的期限。</source>
   <translation>No clock is running.</translation>
  </message>
  <message>
   <source>已完成的期限 {count}</source>
   <translation>Clocks that ended: {count}</translation>
  </message>
  <message>
   <source>到期 {time}，{owner}</source>
   <translation>Due {time}, {owner}</translation>
  </message>
  <message>
   <source>（暂定）</source>
   <translation>(provisional)</translation>
  </message>
  <message>
   <source>怎样计算的</source>
   <translation>How it was counted</translation>
  </message>
  <message>
   <source>起算</source>
   <translation>Start</translation>
  </message>
  <message>
   <source>不计</source>
   <translation>Not counted</translation>
  </message>
  <message>
   <source>计入</source>
   <translation>Counted</translation>
  </message>
  <message>
   <source>到期</source>
   <translation>Due</translation>
  </message>
  <message>
   <source>办理经过</source>
   <translation>Course</translation>
  </message>
  <message>
   <source>更早的 {count} 条</source>
   <translation>{count} earlier ones</translation>
  </message>
  <message>
   <source>发生于 {happened}，记录于 {recorded}</source>
   <translation>Happened {happened}, recorded {recorded}</translation>
  </message>
  <message>
   <source>补录</source>
   <translation>Late entry</translation>
  </message>
  <message>
   <source>仅本单位可见</source>
   <translation>This body only</translation>
  </message>
  <message>
   <source> · 记录于 {time}</source>
   <translation> · recorded {time}</translation>
  </message>
  <message>
   <source>本单位经办</source>
   <translation>In charge here</translation>
  </message>
  <message>
   <source>末日</source>
   <translation>Last day</translation>
  </message>
 </context>
 <context>
  <name>CheckPage</name>
  <message>
   <source>请照抄下来的恢复单填写这两组，大小写都可以。</source>
   <translation>Type these two groups from the sheet that you wrote down; capitals do not matter.</translation>
  </message>
  <message>
   <source>第 {0} 组</source>
   <translation>Group {0}</translation>
  </message>
  <message>
   <source>再看恢复单</source>
   <translation>Show the sheet again</translation>
  </message>
  <message>
   <source>开始并登记其他人(&amp;A)…</source>
   <translation>Begin and &amp;add others…</translation>
  </message>
  <message>
   <source>这台电脑还有别人用：各有各的 PIN 或口令</source>
   <translation>Others work at this PC too: each with a PIN or pass-phrase of his own</translation>
  </message>
  <message>
   <source>开始使用</source>
   <translation>Begin to work</translation>
  </message>
 </context>
 <context>
  <name>ChoicePage</name>
  <message>
   <source>加入本区共享数据库（入网）</source>
   <translation>Join the district's shared database</translation>
  </message>
  <message>
   <source>要有管理员发的地址和授权码。数据加密存在这台电脑上，联网时与各单位同步，断网照常工作。</source>
   <translation>Needs the address and the code from the administrator. Data lie encrypted on this computer; it synchronises with the other bodies when there is a network and works without one.</translation>
  </message>
  <message>
   <source>先看演示（虚构数据）</source>
   <translation>Look at the demo first (fictitious data)</translation>
  </message>
  <message>
   <source>一个虚构的区，人物和案件都不是真的。随便试，不影响以后建立本单位的工作台。</source>
   <translation>A fictitious district: no person and no case is real. Try anything; you can still set up your own desk afterwards.</translation>
  </message>
  <message>
   <source>新建本单位的工作台（单机）</source>
   <translation>Set up a desk for our own body (this computer alone)</translation>
  </message>
  <message>
   <source>数据加密存在这台电脑上。要填区县、单位和姓名，设一条口令，抄一张恢复单，约五分钟。</source>
   <translation>The data stay encrypted on this computer. You give district, body and names, choose a pass-phrase and write down a recovery sheet: about five minutes.</translation>
  </message>
  <message>
   <source>加入本区共享数据库</source>
   <translation>Join the shared database of the district</translation>
  </message>
  <message>
   <source>现在还不能选：要等共享数据库开通。</source>
   <translation>Not yet: it comes with the shared database.</translation>
  </message>
 </context>
 <context>
  <name>Colleagues</name>
  <message>
   <source>联络员</source>
   <translation>Liaison</translation>
  </message>
  <message>
   <source>领导</source>
   <translation>Leader</translation>
  </message>
  <message>
   <source>值班</source>
   <translation>Duty officer</translation>
  </message>
  <message>
   <source>管理员</source>
   <translation>Administrator</translation>
  </message>
  <message>
   <source>正在保存，请稍候…</source>
   <translation>Saving, please wait…</translation>
  </message>
 </context>
 <context>
  <name>ColleaguesDialog</name>
  <message>
   <source>换口令(&amp;P)…</source>
   <translation>Change &amp;PIN…</translation>
  </message>
  <message>
   <source>新恢复单(&amp;R)…</source>
   <translation>New &amp;recovery sheet…</translation>
  </message>
  <message>
   <source>换数据库口令(&amp;D)</source>
   <translation>Change &amp;database password</translation>
  </message>
  <message>
   <source>更换本机连接共享数据库的口令；不需要任何人记住</source>
   <translation>Another password of this desk for the shared database; nobody needs to remember it</translation>
  </message>
  <message>
   <source>数据库口令已更换。</source>
   <translation>The database password was changed.</translation>
  </message>
  <message>
   <source>工作人员</source>
   <translation>Staff</translation>
  </message>
  <message>
   <source>本区的工作人员</source>
   <translation>Staff of the district</translation>
  </message>
  <message>
   <source>{0}的工作人员</source>
   <translation>Staff: {0}</translation>
  </message>
  <message>
   <source>每人用自己的身份办理，用“换人”轮流使用这台电脑。</source>
   <translation>Everybody acts under his own name; “Change person” hands this computer over.</translation>
  </message>
  <message>
   <source>新增、开通、离任须由管理员办理；您可以在这里查看。</source>
   <translation>Only an administrator enters people, gives access or lets them leave; you can look here.</translation>
  </message>
  <message>
   <source>新增(&amp;A)…</source>
   <translation>&amp;Add…</translation>
  </message>
  <message>
   <source>开通(&amp;O)…</source>
   <translation>Give acc&amp;ess…</translation>
  </message>
  <message>
   <source>离任(&amp;L)…</source>
   <translation>&amp;Leaves…</translation>
  </message>
  <message>
   <source>职务</source>
   <translation>Title</translation>
  </message>
  <message>
   <source>职责</source>
   <translation>Roles</translation>
  </message>
  <message>
   <source>本机</source>
   <translation>This desk</translation>
  </message>
  <message>
   <source>已离任</source>
   <translation>Has left</translation>
  </message>
  <message>
   <source>可以使用</source>
   <translation>May use it</translation>
  </message>
  <message>
   <source>未开通</source>
   <translation>No access</translation>
  </message>
  <message>
   <source>已保存。</source>
   <translation>Saved.</translation>
  </message>
  <message>
   <source>更正(&amp;C)…</source>
   <translation>&amp;Correct…</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Body</translation>
  </message>
  <message>
   <source>外单位</source>
   <translation>Another body</translation>
  </message>
  <message>
   <source>名册是全区的，由管理员登记；开通同事要有管理员发给他本人的授权码。</source>
   <translation>The roster is the district's, kept by its administrator; to let a colleague in, his own code from the administrator is needed.</translation>
  </message>
 </context>
 <context>
  <name>ColumnChooser</name>
  <message>
   <source>选择列</source>
   <translation>Columns</translation>
  </message>
  <message>
   <source>打勾的列会显示，次序从上到下就是从左到右。</source>
   <translation>Ticked columns are shown; top to bottom is left to right.</translation>
  </message>
  <message>
   <source>列</source>
   <translation>Columns</translation>
  </message>
  <message>
   <source>上移(&amp;U)</source>
   <translation>&amp;Up</translation>
  </message>
  <message>
   <source>下移(&amp;D)</source>
   <translation>&amp;Down</translation>
  </message>
  <message>
   <source>恢复默认(&amp;R)</source>
   <translation>De&amp;faults</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>应用(&amp;A)</source>
   <translation>&amp;Apply</translation>
  </message>
 </context>
 <context>
  <name>CommandPalette</name>
  <message>
   <source>命令面板</source>
   <translation>Command palette</translation>
  </message>
  <message>
   <source>输入命令的几个字</source>
   <translation>Type a few letters of a command</translation>
  </message>
  <message>
   <source>命令</source>
   <translation>Command</translation>
  </message>
  <message>
   <source>符合的命令</source>
   <translation>Matching commands</translation>
  </message>
 </context>
 <context>
  <name>EnrolDialog</name>
  <message>
   <source>新增工作人员</source>
   <translation>Add a colleague</translation>
  </message>
  <message>
   <source>开通：{0}</source>
   <translation>Give access: {0}</translation>
  </message>
  <message>
   <source>PIN 或口令请由新同事本人输入，不要告诉别人。</source>
   <translation>The new colleague types the PIN or pass-phrase himself and tells it to nobody.</translation>
  </message>
  <message>
   <source>职务（可不填）</source>
   <translation>Title (optional)</translation>
  </message>
  <message>
   <source>职责</source>
   <translation>Roles</translation>
  </message>
  <message>
   <source>保存</source>
   <translation>Save</translation>
  </message>
  <message>
   <source>请至少勾选一项职责。</source>
   <translation>Tick at least one role.</translation>
  </message>
  <message>
   <source>请填写姓名。</source>
   <translation>Give a name.</translation>
  </message>
 </context>
 <context>
  <name>ErrorDialog</name>
  <message>
   <source>没有办成</source>
   <translation>Not done</translation>
  </message>
  <message>
   <source>技术细节</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>技术细节(&amp;D)</source>
   <translation>&amp;Details</translation>
  </message>
  <message>
   <source>复制细节(&amp;C)</source>
   <translation>&amp;Copy details</translation>
  </message>
  <message>
   <source>知道了(&amp;O)</source>
   <translation>&amp;OK</translation>
  </message>
 </context>
 <context>
  <name>Errors</name>
  <message>
   <source>文件没有读写成功。</source>
   <translation>The file could not be read or written.</translation>
  </message>
  <message>
   <source>已登记的案件和草稿都在。</source>
   <translation>Registered cases and drafts are all there.</translation>
  </message>
  <message>
   <source>请查看磁盘空间和文件是否被别的程序占用，然后重试。</source>
   <translation>Check the disk space and whether another program holds the file, then try again.</translation>
  </message>
  <message>
   <source>遇到没有料到的情况，这一步没有完成。</source>
   <translation>Something unexpected happened; this step was not done.</translation>
  </message>
  <message>
   <source>请再试一次；如果再次出现，请用“帮助”里的“保存诊断文件”交给技术人员。</source>
   <translation>Try again; if it comes back, give a technician the support file from the Help menu.</translation>
  </message>
 </context>
 <context>
  <name>FactQuestions</name>
  <message>
   <source>采用“{0}”</source>
   <translation>Take “{0}”</translation>
  </message>
  <message>
   <source>来自来电记录：{0}</source>
   <translation>From the caller's words: {0}</translation>
  </message>
  <message>
   <source>不清楚</source>
   <translation>Not known</translation>
  </message>
 </context>
 <context>
  <name>DueDialog</name>
  <message>
   <source>期限怎样计算</source>
   <translation>How dates are counted</translation>
  </message>
  <message>
   <source>没有正在计算的期限。</source>
   <translation>No limit is running.</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>到期 {time}，{owner}</source>
   <translation>Due {time}, {owner}</translation>
  </message>
  <message>
   <source>（暂定）</source>
   <translation> (provisional)</translation>
  </message>
  <message>
   <source>为什么这样</source>
   <translation>Why it is so</translation>
  </message>
  <message>
   <source>现在的状态</source>
   <translation>Where it stands</translation>
  </message>
  <message>
   <source>可以办：{0}</source>
   <translation>You may: {0}</translation>
  </message>
 </context>
 <context>
  <name>FormPage</name>
  <message>
   <source>机制</source>
   <translation>Mechanism</translation>
  </message>
  <message>
   <source>新建本单位的工作台</source>
   <translation>Set up your own desk</translation>
  </message>
  <message>
   <source>区县名称</source>
   <translation>District</translation>
  </message>
  <message>
   <source>请选择</source>
   <translation>Please choose</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Body</translation>
  </message>
  <message>
   <source>本人姓名</source>
   <translation>Your name</translation>
  </message>
  <message>
   <source>职务（可不填）</source>
   <translation>Title (optional)</translation>
  </message>
  <message>
   <source>领导姓名（可不填）</source>
   <translation>Your leader (optional)</translation>
  </message>
  <message>
   <source>数据文件夹</source>
   <translation>Data folder</translation>
  </message>
  <message>
   <source>上一步</source>
   <translation>Back</translation>
  </message>
  <message>
   <source>建立工作台</source>
   <translation>Set up the desk</translation>
  </message>
  <message>
   <source>领导姓名与本人姓名相同；请改正，或者不填领导。</source>
   <translation>Leader and you have the same name: correct it, or leave the leader out.</translation>
  </message>
 </context>
 <context>
  <name>FoundingPages</name>
  <message>
   <source>正在测试连接…</source>
   <translation>Testing the connection…</translation>
  </message>
  <message>
   <source>连接正常：地址、端口、证书和授权码都对。</source>
   <translation>The connection holds: address, port, certificate and code are right.</translation>
  </message>
  <message>
   <source>正在入网，先收名册和未结案件，请稍候…</source>
   <translation>Joining: the roster and the open cases come first, please wait…</translation>
  </message>
  <message>
   <source>正在收名册和规则：{0}/{1}</source>
   <translation>Receiving the roster and the rules: {0} of {1}</translation>
  </message>
  <message>
   <source>正在收未结案件，已收 {0} 件…</source>
   <translation>Receiving the open cases, {0} so far…</translation>
  </message>
  <message>
   <source>正在办理</source>
   <translation>Working</translation>
  </message>
  <message>
   <source>您要怎样开始</source>
   <translation>How would you like to begin?</translation>
  </message>
  <message>
   <source>新建本单位的工作台</source>
   <translation>Set up your own desk</translation>
  </message>
  <message>
   <source>第 1 步，共 3 步</source>
   <translation>Step 1 of 3</translation>
  </message>
  <message>
   <source>已登记的在办案件也照此办理</source>
   <translation>Cases already registered go by it too</translation>
  </message>
  <message>
   <source>原为 {old}，{until} 录入放假安排后重算</source>
   <translation>Was {old}; counted again after the notice entered {until}</translation>
  </message>
  <message>
   <source>采用“{0}”（来电记录：{1}）</source>
   <translation>Take “{0}” (the caller said: {1})</translation>
  </message>
  <message>
   <source>恢复单</source>
   <translation>Recovery sheet</translation>
  </message>
  <message>
   <source>第 2 步，共 3 步</source>
   <translation>Step 2 of 3</translation>
  </message>
  <message>
   <source>核对恢复单</source>
   <translation>Check the recovery sheet</translation>
  </message>
  <message>
   <source>第 3 步，共 3 步</source>
   <translation>Step 3 of 3</translation>
  </message>
  <message>
   <source>恢复单还没有核对，退出后再也看不到它。确实要退出，请再关闭一次。</source>
   <translation>The recovery sheet is not checked yet, and it is never shown again. To leave all the same, close once more.</translation>
  </message>
  <message>
   <source>正在建立工作台并给数据加锁，请稍候…</source>
   <translation>Setting up the desk and locking its data, please wait…</translation>
  </message>
  <message>
   <source>文件夹“{0}”不能写入。填写的内容都还在；请检查权限和磁盘空间后再试。</source>
   <translation>The folder {0} cannot be written. What you typed is still here: check permissions and disk space, then try again.</translation>
  </message>
  <message>
   <source>第 {0} 组与恢复单不符，请核对；也可以再看恢复单。</source>
   <translation>Group {0} is not as on the sheet: compare it, or show the sheet again.</translation>
  </message>
  <message>
   <source>正在打开工作台…</source>
   <translation>Opening the desk…</translation>
  </message>
  <message>
   <source>导出入网申请</source>
   <translation>Export the request</translation>
  </message>
  <message>
   <source>入网申请.ldp</source>
   <translation>request.ldp</translation>
  </message>
  <message>
   <source>导入入网答复</source>
   <translation>Import the answer</translation>
  </message>
  <message>
   <source>正在给数据加锁，写入网申请…</source>
   <translation>Locking the data and writing the request…</translation>
  </message>
  <message>
   <source>申请已存好。请连同授权码送到数据库；拿到答复文件后回到这里，点“导入入网答复”。可以先关闭程序。</source>
   <translation>The request is saved. Take it with the code to the database; when you have the answer, come back here and import it. The program may be closed meanwhile.</translation>
  </message>
 </context>
 <context>
  <name>ImportView</name>
  <message>
   <source>选择文件(&amp;O)…</source>
   <translation>Ch&amp;oose a file…</translation>
  </message>
  <message>
   <source>可导入 .xlsx、.xls 和 .csv；也可把文件拖到这里</source>
   <translation>.xlsx, .xls and .csv can be imported; a file may be dropped here</translation>
  </message>
  <message>
   <source>列与字段的对应</source>
   <translation>Columns and fields</translation>
  </message>
  <message>
   <source>前20行预览</source>
   <translation>First 20 rows</translation>
  </message>
  <message>
   <source>导入进度</source>
   <translation>Progress of the import</translation>
  </message>
  <message>
   <source>停止</source>
   <translation>Stop</translation>
  </message>
  <message>
   <source>导入(&amp;I)</source>
   <translation>&amp;Import</translation>
  </message>
  <message>
   <source>导入表格</source>
   <translation>Import a table</translation>
  </message>
  <message>
   <source>选择表格</source>
   <translation>Choose a table</translation>
  </message>
  <message>
   <source>表格</source>
   <translation>Tables</translation>
  </message>
  <message>
   <source>正在读取 {0} …</source>
   <translation>Reading {0} …</translation>
  </message>
  <message>
   <source>共 {0} 行；请核对各列的用途</source>
   <translation>Rows: {0}; check what each column is for</translation>
  </message>
  <message>
   <source>标题</source>
   <translation>Title</translation>
  </message>
  <message>
   <source>答复意见</source>
   <translation>Reply</translation>
  </message>
  <message>
   <source>答复时间</source>
   <translation>Replied at</translation>
  </message>
  <message>
   <source>（不导入）</source>
   <translation>(not imported)</translation>
  </message>
  <message>
   <source>读取 {0} 行，登记 {1} 件（其中要素不全 {2} 件），重复 {3} 行，未导入 {4} 行。</source>
   <translation>Rows read: {0}; registered {1} (with missing items {2}), known already {3}, not imported {4}.</translation>
  </message>
  <message>
   <source>第 {0} 行 {1}：{2}</source>
   <translation>Row {0} {1}: {2}</translation>
  </message>
  <message>
   <source>已停止；已登记的保留，再次导入会接着做。</source>
   <translation>Stopped; what was registered stays, importing again goes on from there.</translation>
  </message>
 </context>
 <context>
  <name>LeaveDialog</name>
  <message>
   <source>离任：{0}</source>
   <translation>Leaves: {0}</translation>
  </message>
  <message>
   <source>离任后不能再打开这个工作台；以前办理的事项仍记在其名下。</source>
   <translation>Who has left opens this desk no more; what he did stays under his name.</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>确认离任</source>
   <translation>Let go</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>联络员工作台</source>
   <translation>Liaison Desk</translation>
  </message>
 </context>
 <context>
  <name>Moments</name>
  <message>
   <source>月日</source>
   <translation>month-day</translation>
  </message>
 </context>
 <context>
  <name>PaperDialog</name>
  <message>
   <source>填写(&amp;F)…</source>
   <translation>&amp;Fill in…</translation>
  </message>
  <message>
   <source>副本：{0}</source>
   <translation>Copy for {0}</translation>
  </message>
  <message>
   <source>正本</source>
   <translation>Original</translation>
  </message>
  <message>
   <source>打印设置(&amp;T)…</source>
   <translation>Print se&amp;ttings…</translation>
  </message>
  <message>
   <source>正本或副本</source>
   <translation>Original or copy</translation>
  </message>
  <message>
   <source>电子签名：{0}</source>
   <translation>Electronic signature: {0}</translation>
  </message>
  <message>
   <source>它是 OFD 版式文件，本程序不能显示；请另存后用单位的 OFD 阅读软件打开、打印。</source>
   <translation>It is an OFD file, which cannot be shown here: save it and open it with the office's OFD reader.</translation>
  </message>
  <message>
   <source>这是收回的已盖章件，以后查看和打印都用它。</source>
   <translation>This is the sealed paper that came back; it is shown and printed from now on.</translation>
  </message>
  <message>
   <source>;;Word / WPS 文字 (*.docx)</source>
   <translation>;;Word / WPS text (*.docx)</translation>
  </message>
  <message>
   <source>另存为</source>
   <translation>Save as</translation>
  </message>
  <message>
   <source>另存为(&amp;S)…</source>
   <translation>&amp;Save as…</translation>
  </message>
  <message>
   <source>对外复印件（不含个人信息）(&amp;O)</source>
   <translation>Copy for &amp;outside (no personal data)</translation>
  </message>
  <message>
   <source>移送单预览</source>
   <translation>Preview of the slip</translation>
  </message>
  <message>
   <source>文书预览</source>
   <translation>Preview of the paper</translation>
  </message>
  <message>
   <source>返回</source>
   <translation>Back</translation>
  </message>
  <message>
   <source>另存为 PDF(&amp;S)…</source>
   <translation>&amp;Save as PDF…</translation>
  </message>
  <message>
   <source>打印(&amp;P)…</source>
   <translation>&amp;Print…</translation>
  </message>
  <message>
   <source>这些字现有字体没有，纸上会是空框：{0}。请先安装含该字的字体。</source>
   <translation>No font has these characters, the paper would show boxes: {0}. Install a font that has them first.</translation>
  </message>
  <message>
   <source>另存为 PDF</source>
   <translation>Save as PDF</translation>
  </message>
  <message>
   <source>已保存：{0}</source>
   <translation>Saved: {0}</translation>
  </message>
 </context>
 <context>
  <name>Parts</name>
  <message>
   <source>、</source>
   <translation>, </translation>
  </message>
  <message>
   <source>{name}：{words}</source>
   <translation>{name}: {words}</translation>
  </message>
 </context>
 <context>
  <name>PersonChooser</name>
  <message>
   <source>忘了口令、打不开(&amp;F)…</source>
   <translation>&amp;Forgotten, or it does not open…</translation>
  </message>
  <message>
   <source>联络员工作台</source>
   <translation>Liaison Desk</translation>
  </message>
  <message>
   <source>English</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>PIN 或口令</source>
   <translation>PIN or pass-phrase</translation>
  </message>
  <message>
   <source>进入工作台</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>退出</source>
   <translation>Quit</translation>
  </message>
 </context>
 <context>
  <name>Program</name>
  <message>
   <source>正在打开…</source>
   <translation>Opening…</translation>
  </message>
  <message>
   <source>正在准备演示数据，请稍候…</source>
   <translation>Preparing the demo, please wait…</translation>
  </message>
  <message>
   <source>演示数据，人物和案件均属虚构。请选一位工作人员。</source>
   <translation>Demo: people and cases are fictitious. Choose a person.</translation>
  </message>
  <message>
   <source>请选择工作人员。</source>
   <translation>Choose a person.</translation>
  </message>
  <message>
   <source>备份已存好。</source>
   <translation>The backup is saved.</translation>
  </message>
  <message>
   <source>备份本机数据</source>
   <translation>Back up this desk</translation>
  </message>
  <message>
   <source>诊断文件已存好。</source>
   <translation>The support file is saved.</translation>
  </message>
  <message>
   <source>保存诊断文件</source>
   <translation>Save a support file</translation>
  </message>
  <message>
   <source>自动锁定时间</source>
   <translation>Lock when idle</translation>
  </message>
  <message>
   <source>没有操作多少分钟后锁定（0 表示不锁定）：</source>
   <translation>Minutes without work before it locks (0 = never):</translation>
  </message>
  <message>
   <source>收到一个要打开的文件。进入工作台后就会打开。</source>
   <translation>A file is waiting to be opened. It opens as soon as you are at work.</translation>
  </message>
 </context>
 <context>
  <name>Queue</name>
  <message>
   <source>列表原序</source>
   <translation>as listed</translation>
  </message>
  <message>
   <source>新</source>
   <translation>New</translation>
  </message>
  <message>
   <source>有变化</source>
   <translation>Changed</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>Number</translation>
  </message>
  <message>
   <source>投诉事项</source>
   <translation>Subject</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>责任单位</source>
   <translation>Responsible</translation>
  </message>
  <message>
   <source>期限</source>
   <translation>Limits</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>所属镇街</source>
   <translation>Town</translation>
  </message>
  <message>
   <source>投诉人</source>
   <translation>Complainant</translation>
  </message>
  <message>
   <source>首接单位</source>
   <translation>First receiver</translation>
  </message>
  <message>
   <source>移送单编号</source>
   <translation>Slip number</translation>
  </message>
  <message>
   <source>外部编号</source>
   <translation>Foreign number</translation>
  </message>
  <message>
   <source>登记时间</source>
   <translation>Registered at</translation>
  </message>
 </context>
 <context>
  <name>QueueView</name>
  <message>
   <source>批量办理（已选 {n} 件）</source>
   <translation>Do one act on all ({n} chosen)</translation>
  </message>
  <message>
   <source>已复制 {n} 行</source>
   <translation>Rows copied: {n}</translation>
  </message>
  <message>
   <source>打开(&amp;O)</source>
   <translation>&amp;Open</translation>
  </message>
  <message>
   <source>选择列(&amp;C)…</source>
   <translation>&amp;Columns…</translation>
  </message>
  <message>
   <source>查找“{words}”</source>
   <translation>Find “{words}”</translation>
  </message>
  <message>
   <source>案件</source>
   <translation>Cases</translation>
  </message>
  <message>
   <source>已列出 {count} 件，往下翻继续</source>
   <translation>{count} listed, scroll for more</translation>
  </message>
  <message>
   <source>共 {count} 件</source>
   <translation>{count} in all</translation>
  </message>
  <message>
   <source>尚未收全，还在同步</source>
   <translation>Not complete yet, still synchronising</translation>
  </message>
  <message>
   <source>没有找到符合的案件。</source>
   <translation>No case was found.</translation>
  </message>
  <message>
   <source>这里没有案件。</source>
   <translation>There is no case here.</translation>
  </message>
 </context>
 <context>
  <name>Rail</name>
  <message>
   <source>案件列表</source>
   <translation>Lists</translation>
  </message>
 </context>
 <context>
  <name>RareCharacters</name>
  <message>
   <source>查找生僻字</source>
   <translation>Find a rare character</translation>
  </message>
  <message>
   <source>输入部件（如“女吉”）、拼音（如 jie）或编码（如 U+36C3）</source>
   <translation>Type parts (女吉), pinyin (jie) or a code (U+36C3)</translation>
  </message>
  <message>
   <source>部件、拼音或编码</source>
   <translation>Parts, pinyin or code</translation>
  </message>
  <message>
   <source>找到的字</source>
   <translation>Characters found</translation>
  </message>
  <message>
   <source>插入(&amp;I)</source>
   <translation>&amp;Insert</translation>
  </message>
 </context>
 <context>
  <name>Registration</name>
  <message>
   <source>投诉对象(&amp;1)</source>
   <translation>Object(&amp;1)</translation>
  </message>
  <message>
   <source>事发地点(&amp;2)</source>
   <translation>Place(&amp;2)</translation>
  </message>
  <message>
   <source>投诉人姓名(&amp;3)</source>
   <translation>Complainant(&amp;3)</translation>
  </message>
  <message>
   <source>地址(&amp;4)</source>
   <translation>Address(&amp;4)</translation>
  </message>
  <message>
   <source>联系方式(&amp;5)</source>
   <translation>Contact(&amp;5)</translation>
  </message>
  <message>
   <source>所属镇街</source>
   <translation>Town</translation>
  </message>
  <message>
   <source>称谓</source>
   <translation>Form of address</translation>
  </message>
  <message>
   <source>人数</source>
   <translation>Headcount</translation>
  </message>
  <message>
   <source>外部编号</source>
   <translation>Foreign number</translation>
  </message>
  <message>
   <source>来电时间</source>
   <translation>Received at</translation>
  </message>
  <message>
   <source>补录：实际登记时间</source>
   <translation>Late entry: registered at</translation>
  </message>
  <message>
   <source>补录原因</source>
   <translation>Reason of the late entry</translation>
  </message>
 </context>
 <context>
  <name>RegistrationView</name>
  <message>
   <source>选中的文字填入：{0}</source>
   <translation>Put the marked words into: {0}</translation>
  </message>
  <message>
   <source>登记投诉</source>
   <translation>Register a complaint</translation>
  </message>
  <message>
   <source>来电记录</source>
   <translation>The caller's words</translation>
  </message>
  <message>
   <source>来电人怎么说就怎么记，不分先后</source>
   <translation>Write it down as the caller says it, in any order</translation>
  </message>
  <message>
   <source>选中文字，填入：</source>
   <translation>Put the selected text into:</translation>
  </message>
  <message>
   <source>内容</source>
   <translation>Content</translation>
  </message>
  <message>
   <source>内容(&amp;6)</source>
   <translation>Content(&amp;6)</translation>
  </message>
  <message>
   <source>现在；或 2026-09-30 09:08</source>
   <translation>Now; or 2026-09-30 09:08</translation>
  </message>
  <message>
   <source>现在</source>
   <translation>Now</translation>
  </message>
  <message>
   <source>来源</source>
   <translation>Channel</translation>
  </message>
  <message>
   <source>来电</source>
   <translation>Telephone</translation>
  </message>
  <message>
   <source>来访</source>
   <translation>Visit</translation>
  </message>
  <message>
   <source>来信</source>
   <translation>Letter</translation>
  </message>
  <message>
   <source>网络</source>
   <translation>Web</translation>
  </message>
  <message>
   <source>信访</source>
   <translation>Petition</translation>
  </message>
  <message>
   <source>转办</source>
   <translation>Passed on</translation>
  </message>
  <message>
   <source>媒体</source>
   <translation>Media</translation>
  </message>
  <message>
   <source>保密</source>
   <translation>Confidential</translation>
  </message>
  <message>
   <source>不要求</source>
   <translation>Not asked</translation>
  </message>
  <message>
   <source>一般：不告诉被投诉人</source>
   <translation>Ordinary: not told to the object</translation>
  </message>
  <message>
   <source>严格：只限本单位</source>
   <translation>Strict: this body only</translation>
  </message>
  <message>
   <source>谁负责、为什么、到何时</source>
   <translation>Who, why, by when</translation>
  </message>
  <message>
   <source>还需问清（可不答）</source>
   <translation>Still to ask (may be left open)</translation>
  </message>
  <message>
   <source>相似的未结投诉</source>
   <translation>Similar open complaints</translation>
  </message>
  <message>
   <source>生僻字(&amp;R)</source>
   <translation>&amp;Rare characters</translation>
  </message>
  <message>
   <source>登记(&amp;S)  Ctrl+S</source>
   <translation>Regi&amp;ster  Ctrl+S</translation>
  </message>
  <message>
   <source>人数请填数字</source>
   <translation>The headcount is a number</translation>
  </message>
  <message>
   <source>已登记：{0}</source>
   <translation>Registered: {0}</translation>
  </message>
  <message>
   <source>已恢复 {0} 的草稿</source>
   <translation>Draft of {0} restored</translation>
  </message>
  <message>
   <source>配合：{0}</source>
   <translation>Supporting: {0}</translation>
  </message>
  <message>
   <source>也可选：{0}</source>
   <translation>Also possible: {0}</translation>
  </message>
  <message>
   <source>同时报告：{0}</source>
   <translation>Report to: {0}</translation>
  </message>
  <message>
   <source>要素不全件（待补正）：{0}</source>
   <translation>Items missing (to complete): {0}</translation>
  </message>
  <message>
   <source>打开</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>记为重复投诉</source>
   <translation>Mark as a repeat</translation>
  </message>
  <message>
   <source>将记为 {0} 的重复投诉</source>
   <translation>Will be marked as a repeat of {0}</translation>
  </message>
 </context>
 <context>
  <name>SearchBox</name>
  <message>
   <source>查找：姓名、电话、地点、编号…</source>
   <translation>Name, phone, place, number…</translation>
  </message>
  <message>
   <source>查找</source>
   <translation>Find</translation>
  </message>
  <message>
   <source>按姓名、拼音首字母、电话、地点、编号查找；按 Esc 返回</source>
   <translation>Find by name, pinyin initials, telephone, place or number; Esc goes back</translation>
  </message>
 </context>
 <context>
  <name>SecretRows</name>
  <message>
   <source>PIN（短，由系统钥匙串保护）</source>
   <translation>PIN (short, kept by the system keyring)</translation>
  </message>
  <message>
   <source>口令（长，不依赖本机）</source>
   <translation>Pass-phrase (long, needs no keyring)</translation>
  </message>
  <message>
   <source>再输入一次</source>
   <translation>Once more</translation>
  </message>
  <message>
   <source>锁定方式</source>
   <translation>Locked by</translation>
  </message>
  <message>
   <source>两次输入的不一样，请把第二次重新输入。</source>
   <translation>The two differ: type the second one again.</translation>
  </message>
  <message>
   <source>PIN（至少4位）</source>
   <translation>PIN (4 signs or more)</translation>
  </message>
  <message>
   <source>口令（至少12个字符）</source>
   <translation>Pass-phrase (12 or more)</translation>
  </message>
  <message>
   <source>PIN 只在这台电脑上有效；钥匙串没有了，就要用恢复单打开。</source>
   <translation>A PIN works on this computer only; when the keyring is gone, the recovery sheet opens the desk.</translation>
  </message>
  <message>
   <source>这台电脑没有可用的系统钥匙串，所以不能用 PIN。口令可以是一句自己记得住的话。</source>
   <translation>This computer has no usable system keyring, so there is no PIN. A pass-phrase can be a sentence that you remember.</translation>
  </message>
  <message>
   <source>口令可以是一句自己记得住的话，字数多比花样多更安全。</source>
   <translation>A pass-phrase can be a sentence that you remember; length is safer than odd signs.</translation>
  </message>
 </context>
 <context>
  <name>Sheet</name>
  <message>
   <source>没有记录</source>
   <translation>Nothing here</translation>
  </message>
 </context>
 <context>
  <name>SheetPage</name>
  <message>
   <source>忘了口令、换了电脑、磁盘坏了，只有这八组字能打开本机的数据和备份。请现在抄两份，分开锁好；这里以后不再显示。</source>
   <translation>If the pass-phrase is forgotten, the computer changed or the disk broken, only these eight groups open the data and the backups. Write them down twice now and lock the copies away in two places; they are not shown again.</translation>
  </message>
  <message>
   <source>只用数字2到9和大写字母；没有0、1、I、L、O，不会认错。</source>
   <translation>Only digits 2 to 9 and capitals are used; 0, 1, I, L and O never occur.</translation>
  </message>
  <message>
   <source>打印或另存为 PDF…</source>
   <translation>Print or save as PDF…</translation>
  </message>
  <message>
   <source>已抄好，下一步核对</source>
   <translation>Written down: check it</translation>
  </message>
  <message>
   <source>已抄好</source>
   <translation>Written down</translation>
  </message>
  <message>
   <source>第 {0} 组</source>
   <translation>Group {0}</translation>
  </message>
 </context>
 <context>
  <name>ShortcutSheet</name>
  <message>
   <source>快捷键一览</source>
   <translation>Shortcuts</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>印成一张(&amp;P)…</source>
   <translation>On &amp;paper…</translation>
  </message>
 </context>
 <context>
  <name>Splash</name>
  <message>
   <source>修复(&amp;R)…</source>
   <translation>&amp;Repair…</translation>
  </message>
  <message>
   <source>联络员工作台</source>
   <translation>Liaison Desk</translation>
  </message>
  <message>
   <source>再试一次</source>
   <translation>Try again</translation>
  </message>
  <message>
   <source>在本机重新入网…</source>
   <translation>Join again on this PC…</translation>
  </message>
  <message>
   <source>导入管理员的答复…</source>
   <translation>Import the administrator's answer…</translation>
  </message>
  <message>
   <source>导入管理员的答复</source>
   <translation>Import the administrator's answer</translation>
  </message>
  <message>
   <source>退出</source>
   <translation>Quit</translation>
  </message>
 </context>
 <context>
  <name>StatusRow</name>
  <message>
   <source>未联网</source>
   <translation>Offline</translation>
  </message>
  <message>
   <source>未联网 自{time}</source>
   <translation>Offline since {time}</translation>
  </message>
  <message>
   <source>尚未收全，已收 {0}/{1}</source>
   <translation>Not complete yet: {0} of {1} received</translation>
  </message>
  <message>
   <source>待上传 {count}</source>
   <translation>{count} to send</translation>
  </message>
  <message>
   <source>需核对 {count}</source>
   <translation>{count} to check</translation>
  </message>
  <message>
   <source>上次同步 {time}</source>
   <translation>Last synchronised {time}</translation>
  </message>
  <message>
   <source>正在保存…</source>
   <translation>Saving…</translation>
  </message>
  <message>
   <source>工作日历至 {year} 年</source>
   <translation>Calendar until {year}</translation>
  </message>
  <message>
   <source>设定时间 {time}</source>
   <translation>Stated time {time}</translation>
  </message>
  <message>
   <source>演示数据，全部虚构，不联网</source>
   <translation>Demo, all fictitious, never networked</translation>
  </message>
  <message>
   <source>单机使用，数据只在本机，已加密</source>
   <translation>One desk alone, data here only, encrypted</translation>
  </message>
  <message>
   <source>未联网 · 待上传 {count}</source>
   <translation>Offline · {count} to upload</translation>
  </message>
  <message>
   <source>上次同步 {time} · 待上传 {count}</source>
   <translation>Last sync {time} · {count} to upload</translation>
  </message>
 </context>
 <context>
  <name>TitleRow</name>
  <message>
   <source>演示</source>
   <translation>Demo</translation>
  </message>
  <message>
   <source>演示数据，全部人物、地点和案件均属虚构</source>
   <translation>Demo: all people, places and cases are fictitious</translation>
  </message>
  <message>
   <source>当前工作人员：{name}，换人</source>
   <translation>At work: {name}; change person</translation>
  </message>
 </context>
 <context>
  <name>TodayView</name>
  <message>
   <source>已过期限，在最长期限内</source>
   <translation>Past the limit, inside the longest one</translation>
  </message>
  <message>
   <source>打印清单</source>
   <translation>Print the list</translation>
  </message>
  <message>
   <source>节前清单</source>
   <translation>Before the holiday</translation>
  </message>
  <message>
   <source>{name}假期 {first}至{last}，{back}上班</source>
   <translation>{name}: {first} to {last}, work begins again on {back}</translation>
  </message>
  <message>
   <source>假期内和上班首日没有到期的事项。</source>
        <translation>Nothing falls due inside the holiday or on the first day after it.</translation>
  </message>
  <message>
   <source>打开</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>今日待办</source>
   <translation>Today</translation>
  </message>
  <message>
   <source>逾期</source>
   <translation>Overdue</translation>
  </message>
  <message>
   <source>今天到期</source>
   <translation>Due today</translation>
  </message>
  <message>
   <source>以后到期</source>
   <translation>Due later</translation>
  </message>
  <message>
   <source>没有期限</source>
   <translation>Without limit</translation>
  </message>
  <message>
   <source>再显示 {count} 件</source>
   <translation>Show {count} more</translation>
  </message>
  <message>
   <source>今天没有待办事项。</source>
   <translation>Nothing is to be done today.</translation>
  </message>
  <message>
   <source>到期 {time}</source>
   <translation>Due {time}</translation>
  </message>
  <message>
   <source>办理</source>
   <translation>Do</translation>
  </message>
  <message>
   <source>打开案件，办理“{what}”</source>
   <translation>Open the case: {what}</translation>
  </message>
  <message>
   <source>有没写完的内容，保存于 {time}</source>
   <translation>Unfinished text, saved {time}</translation>
  </message>
  <message>
   <source>继续写</source>
   <translation>Go on writing</translation>
  </message>
  <message>
   <source>丢弃</source>
   <translation>Throw away</translation>
  </message>
  <message>
   <source>查看移交的案件，确认接收</source>
   <translation>See the cases that were handed over and take them</translation>
  </message>
 </context>
 <context>
  <name>CalendarPage</name>
  <message>
   <source>工作日历</source>
   <translation>Working calendar</translation>
  </message>
  <message>
   <source>上一年</source>
   <translation>Year before</translation>
  </message>
  <message>
   <source>年份</source>
   <translation>Year</translation>
  </message>
  <message>
   <source>下一年</source>
   <translation>Year after</translation>
  </message>
  <message>
   <source>全年</source>
   <translation>The whole year</translation>
  </message>
  <message>
   <source>暂定：{0}年的放假安排尚未录入，只有周末休息</source>
   <translation>Provisional: the notice of {0} is not entered, only weekends rest</translation>
  </message>
  <message>
   <source>已录入</source>
   <translation>Entered</translation>
  </message>
  <message>
   <source>录入{0}年放假安排(&amp;E)…</source>
   <translation>&amp;Enter the notice of {0}…</translation>
  </message>
  <message>
   <source>更正{0}年放假安排(&amp;E)…</source>
   <translation>Corr&amp;ect the notice of {0}…</translation>
  </message>
  <message>
   <source>只有管理员可以录入。</source>
   <translation>Only an administrator may enter it.</translation>
  </message>
  <message>
   <source>放假安排</source>
   <translation>Yearly notices</translation>
  </message>
  <message>
   <source>录入放假安排(&amp;E)…</source>
   <translation>&amp;Enter a notice…</translation>
  </message>
  <message>
   <source>随程序提供或已录入：{0}—{1}年</source>
   <translation>Known, with the program or entered here: {0}–{1}</translation>
  </message>
  <message>
   <source>还没有人在本机录入过。</source>
   <translation>Nobody has entered a year on this desk yet.</translation>
  </message>
  <message>
   <source>{year}年：{person}，{at}；放假{rest}天，补班{make_up}天</source>
   <translation>{year}: {person}, {at}; {rest} rest days, {make_up} make-up days</translation>
  </message>
  <message>
   <source>录入放假安排</source>
   <translation>Enter a year's notice</translation>
  </message>
  <message>
   <source>打开文件…</source>
   <translation>Open a file…</translation>
  </message>
  <message>
   <source>通知文字</source>
   <translation>Text of the notice</translation>
  </message>
  <message>
   <source>一、元旦：1月1日至3日放假，共3天。1月4日（周日）上班。…</source>
   <translation>一、元旦：1月1日至3日放假，共3天。1月4日（周日）上班。… (the Chinese text)</translation>
  </message>
  <message>
   <source>读出日期(&amp;R)</source>
   <translation>&amp;Read the dates</translation>
  </message>
  <message>
   <source>没有读懂或需要核对的地方</source>
   <translation>What was not understood or must be checked</translation>
  </message>
  <message>
   <source>点左边的日子可以更正：工作日 ↔ 放假；周末 → 补班 → 放假。</source>
   <translation>Click a day on the left to correct it: working day ↔ rest day; weekend → make-up day → rest day.</translation>
  </message>
  <message>
   <source>录入(&amp;O)</source>
   <translation>E&amp;nter</translation>
  </message>
  <message>
   <source>预览：放假 {rest} 天，补班 {make_up} 天。</source>
   <translation>Preview: {rest} rest days, {make_up} make-up days.</translation>
  </message>
  <message>
   <source>打开放假安排</source>
   <translation>Open a notice</translation>
  </message>
  <message>
   <source>文字文件</source>
   <translation>Text files</translation>
  </message>
  <message>
   <source>没有读懂或需要核对的地方：</source>
   <translation>Not understood, or to be checked:</translation>
  </message>
  <message>
   <source>放假安排已录入</source>
   <translation>The notice is entered</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>粘贴国务院办公厅通知的文字，或打开文件：</source>
   <translation>Paste the text of the State Council's notice or open a file:</translation>
  </message>
 </context>
 <context>
  <name>DecisionTable</name>
  <message>
   <source>在左边选几项情况，看哪一行适用、其他行为什么不适用。</source>
   <translation>Choose some facts on the left and see which row applies and why the others do not.</translation>
  </message>
  <message>
   <source>行</source>
   <translation>Row</translation>
  </message>
  <message>
   <source>比对结果</source>
   <translation>Verdict</translation>
  </message>
  <message>
   <source>条件</source>
   <translation>Condition</translation>
  </message>
  <message>
   <source>牵头</source>
   <translation>Lead</translation>
  </message>
  <message>
   <source>配合</source>
   <translation>Supporting</translation>
  </message>
  <message>
   <source>依据</source>
   <translation>Basis</translation>
  </message>
  <message>
   <source>说明</source>
   <translation>Remark</translation>
  </message>
  <message>
   <source>移送决定表</source>
   <translation>Routing table</translation>
  </message>
  <message>
   <source>试一试</source>
   <translation>Try it</translation>
  </message>
  <message>
   <source>情况</source>
   <translation>Facts</translation>
  </message>
  <message>
   <source>清空(&amp;E)</source>
   <translation>Cl&amp;ear</translation>
  </message>
  <message>
   <source>还要问：{0}</source>
   <translation>Still to ask: {0}</translation>
  </message>
 </context>
 <context>
  <name>MechanismPage</name>
  <message>
   <source>机制的各部分</source>
   <translation>Parts of the mechanism</translation>
  </message>
  <message>
   <source>机制</source>
   <translation>Mechanism</translation>
  </message>
  <message>
   <source>部门</source>
   <translation>Bodies</translation>
  </message>
  <message>
   <source>时限</source>
   <translation>Limits</translation>
  </message>
  <message>
   <source>文书</source>
   <translation>Papers</translation>
  </message>
  <message>
   <source>会议与台账</source>
   <translation>Meetings and records</translation>
  </message>
  <message>
   <source>指标</source>
   <translation>Indicators</translation>
  </message>
  <message>
   <source>公式</source>
   <translation>Formula</translation>
  </message>
  <message>
   <source>周期</source>
   <translation>Period</translation>
  </message>
  <message>
   <source>分组</source>
   <translation>By</translation>
  </message>
  <message>
   <source>规则</source>
   <translation>Rule</translation>
  </message>
  <message>
   <source>部门与职责</source>
   <translation>Bodies</translation>
  </message>
  <message>
   <source>移送决定表</source>
   <translation>Routing</translation>
  </message>
  <message>
   <source>状态图</source>
   <translation>States</translation>
  </message>
  <message>
   <source>会议台账</source>
   <translation>Meetings</translation>
  </message>
  <message>
   <source>设置</source>
   <translation>Settings</translation>
  </message>
  <message>
   <source>规则一览</source>
   <translation>Rules</translation>
  </message>
  <message>
   <source>多长</source>
   <translation>How long</translation>
  </message>
  <message>
   <source>从 → 到</source>
   <translation>From → to</translation>
  </message>
  <message>
   <source>由谁</source>
   <translation>Whose</translation>
  </message>
  <message>
   <source>由哪项设置决定</source>
   <translation>Setting that decides</translation>
  </message>
  <message>
   <source>暂停、延期</source>
   <translation>Pauses, extension</translation>
  </message>
  <message>
   <source>状态图；右边的列表内容相同</source>
   <translation>Diagram of the states; the list on the right says the same</translation>
  </message>
  <message>
   <source>放大</source>
   <translation>Larger</translation>
  </message>
  <message>
   <source>缩小</source>
   <translation>Smaller</translation>
  </message>
  <message>
   <source>适合宽度</source>
   <translation>Fit the width</translation>
  </message>
  <message>
   <source>键盘：+ 放大，- 缩小，0 复原</source>
   <translation>Keys: + larger, - smaller, 0 as before</translation>
  </message>
  <message>
   <source>从</source>
   <translation>From</translation>
  </message>
  <message>
   <source>做什么</source>
   <translation>Act</translation>
  </message>
  <message>
   <source>到</source>
   <translation>To</translation>
  </message>
  <message>
   <source>谁</source>
   <translation>Who</translation>
  </message>
  <message>
   <source>状态与步骤列表</source>
   <translation>List of states and steps</translation>
  </message>
  <message>
   <source>现用</source>
   <translation>Now</translation>
  </message>
  <message>
   <source>默认</source>
   <translation>Default</translation>
  </message>
  <message>
   <source>为什么可选</source>
   <translation>Why there is a choice</translation>
  </message>
  <message>
   <source>谁在何时为何选定</source>
   <translation>Chosen by, when, why</translation>
  </message>
  <message>
   <source>改选中的设置(&amp;X)…</source>
   <translation>Change the setting chosen (&amp;X)…</translation>
  </message>
  <message>
   <source>类别</source>
   <translation>Kind</translation>
  </message>
  <message>
   <source>在哪里</source>
   <translation>Where</translation>
  </message>
  <message>
   <source>筛选规则</source>
   <translation>Filter the rules</translation>
  </message>
  <message>
   <source>筛选：编号、标题、状态…</source>
   <translation>Filter: number, title, state…</translation>
  </message>
  <message>
   <source>{shown} 条，共 {all} 条</source>
   <translation>{shown} of {all}</translation>
  </message>
  <message>
   <source>（新）</source>
   <translation>(new)</translation>
  </message>
  <message>
   <source>改动要写理由，立即重算未办结案件的期限。</source>
   <translation>A change needs a reason; the limits of open cases are counted anew at once.</translation>
  </message>
  <message>
   <source>只有管理员可以改设置。</source>
   <translation>Only an administrator may change settings.</translation>
  </message>
  <message>
   <source>期限</source>
   <translation>Limit</translation>
  </message>
  <message>
   <source>标题</source>
   <translation>Title</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>名称</source>
   <translation>Name</translation>
  </message>
 </context>
 <context>
  <name>MovedList</name>
  <message>
   <source>案件</source>
   <translation>Case</translation>
  </message>
  <message>
   <source>规则</source>
   <translation>Rule</translation>
  </message>
  <message>
   <source>原期限</source>
   <translation>Old limit</translation>
  </message>
  <message>
   <source>新期限</source>
   <translation>New limit</translation>
  </message>
  <message>
   <source>变动的期限</source>
   <translation>Limits that moved</translation>
  </message>
  <message>
   <source>已记录。{count} 个未办结的期限随之变动。</source>
   <translation>Recorded. Open limits that moved: {count}.</translation>
  </message>
  <message>
   <source>已记录。没有未办结的期限因此变动。</source>
   <translation>Recorded. No open limit moved.</translation>
  </message>
  <message>
   <source>无期限</source>
   <translation>no limit</translation>
  </message>
 </context>
 <context>
  <name>SettingDialog</name>
  <message>
   <source>改设置</source>
   <translation>Change a setting</translation>
  </message>
  <message>
   <source>现用：{now}　默认：{default}</source>
   <translation>Now: {now}   Default: {default}</translation>
  </message>
  <message>
   <source>为什么可选：{0}</source>
   <translation>Why there is a choice: {0}</translation>
  </message>
  <message>
   <source>改为</source>
   <translation>Change to</translation>
  </message>
  <message>
   <source>依据什么文件或谁的决定</source>
   <translation>By which document or whose decision</translation>
  </message>
  <message>
   <source>改</source>
   <translation>Change</translation>
  </message>
  <message>
   <source>现在就是这样，没有改动。</source>
   <translation>It is so already; nothing was changed.</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
 </context>
 <context>
  <name>YearGrid</name>
  <message>
   <source>一 二 三 四 五 六 日</source>
   <translation>Mo Tu We Th Fr Sa Su</translation>
  </message>
  <message>
   <source>休</source>
   <translation>R</translation>
  </message>
  <message>
   <source>班</source>
   <translation>W</translation>
  </message>
  <message>
   <source>放假</source>
   <translation>Rest day</translation>
  </message>
  <message>
   <source>补班（周末上班）</source>
   <translation>Make-up day (work on a weekend)</translation>
  </message>
  <message>
   <source>周末休息</source>
   <translation>Weekend</translation>
  </message>
  <message>
   <source>工作日</source>
   <translation>Working day</translation>
  </message>
 </context>
 <context>
  <name>PdfDialog</name>
  <message>
   <source>另存为(&amp;S)…</source>
   <translation>&amp;Save as…</translation>
  </message>
  <message>
   <source>采用“{0}”（来电记录：{1}）</source>
   <translation>Take “{0}” (the caller said: {1})</translation>
  </message>
  <message>
   <source>恢复单</source>
   <translation>Recovery sheet</translation>
  </message>
  <message>
   <source>这些字现有字体没有，纸上会印成“□”和编号：{0}。请先安装含该字的字体。</source>
   <translation>No font has these characters: {0}. They print as □ with their number; install a font that has them first.</translation>
  </message>
 </context>
 <context>
  <name>FiguresPanel</name>
  <message>
   <source>导出(&amp;X)…</source>
   <translation>E&amp;xport…</translation>
  </message>
  <message>
   <source>导出统计</source>
   <translation>Export figures</translation>
  </message>
  <message>
   <source>已存为{0}</source>
   <translation>Saved as {0}</translation>
  </message>
  <message>
   <source>范围</source>
   <translation>Scope</translation>
  </message>
  <message>
   <source>全区（已冻结）</source>
   <translation>District (frozen)</translation>
  </message>
  <message>
   <source>本终端（现在）</source>
   <translation>This desk (now)</translation>
  </message>
  <message>
   <source>冻结本期(&amp;Z)…</source>
   <translation>Free&amp;ze this period…</translation>
  </message>
  <message>
   <source>冻结后的更正(&amp;L)…</source>
   <translation>&amp;Later corrections…</translation>
  </message>
  <message>
   <source>{0}由{1}冻结</source>
   <translation>Frozen {0} by {1}</translation>
  </message>
  <message>
   <source>；当时尚未同步：{0}</source>
   <translation>; not synchronised by then: {0}</translation>
  </message>
  <message>
   <source>统计期</source>
   <translation>Period</translation>
  </message>
  <message>
   <source>分组</source>
   <translation>Grouped</translation>
  </message>
  <message>
   <source>按公式所列分组</source>
   <translation>as the formula says</translation>
  </message>
  <message>
   <source>按部门</source>
   <translation>by department</translation>
  </message>
  <message>
   <source>按镇街</source>
   <translation>by town</translation>
  </message>
  <message>
   <source>按类别</source>
   <translation>by category</translation>
  </message>
  <message>
   <source>按渠道</source>
   <translation>by channel</translation>
  </message>
  <message>
   <source>按来源</source>
   <translation>by source</translation>
  </message>
  <message>
   <source>按时段</source>
   <translation>by hour</translation>
  </message>
  <message>
   <source>看背后的案件(&amp;K)…</source>
   <translation>Cases &amp;behind it…</translation>
  </message>
  <message>
   <source>指标</source>
   <translation>Indicator</translation>
  </message>
  <message>
   <source>公式</source>
   <translation>Formula</translation>
  </message>
  <message>
   <source>分子</source>
   <translation>Num.</translation>
  </message>
  <message>
   <source>分母</source>
   <translation>Den.</translation>
  </message>
  <message>
   <source>数值</source>
   <translation>Value</translation>
  </message>
  <message>
   <source>说明</source>
   <translation>Remark</translation>
  </message>
  <message>
   <source>规则</source>
   <translation>Rules</translation>
  </message>
  <message>
   <source>{0}件期限未到</source>
   <translation>{0} still inside the limit</translation>
  </message>
  <message>
   <source>显示</source>
   <translation>Show</translation>
  </message>
  <message>
   <source>环比、同比</source>
   <translation>Compared</translation>
  </message>
  <message>
   <source>镇街与来源</source>
   <translation>Towns and sources</translation>
  </message>
  <message>
   <source>停下</source>
   <translation>Stop</translation>
  </message>
  <message>
   <source>本单位（现在）</source>
   <translation>Own department (now)</translation>
  </message>
  <message>
   <source>Excel 工作簿 (*.xlsx)</source>
   <translation>Excel workbook (*.xlsx)</translation>
  </message>
  <message>
   <source>月度通报 (*.pdf)</source>
   <translation>Monthly bulletin (*.pdf)</translation>
  </message>
  <message>
   <source>满意率及排序通报 (*.pdf)</source>
   <translation>Satisfaction rates and ranking (*.pdf)</translation>
  </message>
  <message>
   <source>分析评估报告 (*.pdf)</source>
   <translation>Analysis report (*.pdf)</translation>
  </message>
  <message>
   <source>正在整理统计数据：{0} / {1} 件</source>
   <translation>Adding up figures: case {0} of {1}</translation>
  </message>
  <message>
   <source>下面仍是此前的数据：{0}</source>
   <translation>Below still the figures of before: {0}</translation>
  </message>
  <message>
   <source>本单位：{0}</source>
   <translation>Own department: {0}</translation>
  </message>
  <message>
   <source>正在同步，已收到而未列入的记录不在其中</source>
   <translation>A synchronisation is running: records received but not listed yet are left out</translation>
  </message>
</context>
 <context>
  <name>FigureDialog</name>
  <message>
   <source>分组</source>
   <translation>Group</translation>
  </message>
  <message>
   <source>分子</source>
   <translation>Num.</translation>
  </message>
  <message>
   <source>分母</source>
   <translation>Den.</translation>
  </message>
  <message>
   <source>数值</source>
   <translation>Value</translation>
  </message>
  <message>
   <source>名次</source>
   <translation>Rank</translation>
  </message>
  <message>
   <source>合计</source>
   <translation>Total</translation>
  </message>
  <message>
   <source>看哪些案件</source>
   <translation>Which cases</translation>
  </message>
  <message>
   <source>计入分子的案件</source>
   <translation>Cases in the numerator</translation>
  </message>
  <message>
   <source>计入分母的案件</source>
   <translation>Cases in the denominator</translation>
  </message>
  <message>
   <source>在分母而不在分子的案件</source>
   <translation>In the denominator, not in the numerator</translation>
  </message>
  <message>
   <source>案件</source>
   <translation>Cases</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>Number</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>办理单位</source>
   <translation>Handled by</translation>
  </message>
  <message>
   <source>登记时间</source>
   <translation>Registered</translation>
  </message>
  <message>
   <source>打开案件(&amp;O)</source>
   <translation>&amp;Open the case</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>共{0}件</source>
   <translation>Cases: {0}</translation>
  </message>
  <message>
   <source>列出最近的{0}件</source>
   <translation>Listed: the latest {0}</translation>
  </message>
  <message>
   <source>图</source>
   <translation>Chart</translation>
  </message>
</context>
 <context>
  <name>Actions</name>
  <message>
   <source>台账与会议(&amp;L)</source>
   <translation>Records, meetings(&amp;L)</translation>
  </message>
  <message>
   <source>名册、月报、公示、值班、督查和会议：登记、办理、销号</source>
   <translation>Rosters, monthly information, publicity, duty, supervision and meetings</translation>
  </message>
 </context>
 <context>
  <name>ExplainedCard</name>
  <message>
   <source>{caption}：{words}</source>
   <translation>{caption}: {words}</translation>
  </message>
  <message>
   <source>打开台账</source>
   <translation>Open the record</translation>
  </message>
 </context>
 <context>
  <name>Fields</name>
  <message>
   <source>是</source>
   <translation>Yes</translation>
  </message>
  <message>
   <source>否</source>
   <translation>No</translation>
  </message>
 </context>
 <context>
  <name>LedgerPage</name>
  <message>
   <source>代录(&amp;D)…</source>
   <translation>Enter for another (&amp;D)…</translation>
  </message>
  <message>
   <source>导出(&amp;X)…</source>
   <translation>E&amp;xport…</translation>
  </message>
  <message>
   <source>导出台账</source>
   <translation>Export the records</translation>
  </message>
  <message>
   <source>已保存：{0}</source>
   <translation>Saved: {0}</translation>
  </message>
  <message>
   <source>Excel / WPS 表格 (*.xlsx)</source>
   <translation>Excel / WPS workbook (*.xlsx)</translation>
  </message>
  <message>
   <source>台账和会议的种类</source>
   <translation>Kinds of records and meetings</translation>
  </message>
  <message>
   <source>类别</source>
   <translation>Group</translation>
  </message>
  <message>
   <source>名称</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>台账记录</source>
   <translation>Records</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>Number</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Body</translation>
  </message>
  <message>
   <source>内容</source>
   <translation>Content</translation>
  </message>
  <message>
   <source>期间</source>
   <translation>Period</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>期限</source>
   <translation>Limit</translation>
  </message>
  <message>
   <source>再显示一些</source>
   <translation>Show more</translation>
  </message>
  <message>
   <source>台账与会议</source>
   <translation>Records and meetings</translation>
  </message>
  <message>
   <source>会议</source>
   <translation>Meetings</translation>
  </message>
  <message>
   <source>台账</source>
   <translation>Records</translation>
  </message>
  <message>
   <source>等</source>
   <translation> and others</translation>
  </message>
  <message>
   <source>报送：{0}</source>
   <translation>Sent to: {0}</translation>
  </message>
  <message>
   <source>参加：{0}</source>
   <translation>Attended by: {0}</translation>
  </message>
  <message>
   <source>；</source>
   <translation>; </translation>
  </message>
  <message>
   <source>还有 {count} 家未报：{names}</source>
   <translation>Bodies that still owe it: {count} ({names})</translation>
  </message>
  <message>
   <source>逾期</source>
   <translation>Overdue</translation>
  </message>
  <message>
   <source>待报</source>
   <translation>Owed</translation>
  </message>
 </context>
 <context>
  <name>LinesEntry</name>
  <message>
   <source>上移</source>
   <translation>Up</translation>
  </message>
  <message>
   <source>下移</source>
   <translation>Down</translation>
  </message>
  <message>
   <source>添加一条</source>
   <translation>Add the line</translation>
  </message>
  <message>
   <source>去掉选中的一条</source>
   <translation>Remove the chosen line</translation>
  </message>
  <message>
   <source>是</source>
   <translation>Yes</translation>
  </message>
  <message>
   <source>否</source>
   <translation>No</translation>
  </message>
 </context>
 <context>
  <name>RecordDialog</name>
  <message>
   <source>{act}（代{body}）</source>
   <translation>{act} (for {body})</translation>
  </message>
  <message>
   <source>从建议议题中选(&amp;G)…</source>
   <translation>Choose from proposed items (&amp;G)…</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>期间</source>
   <translation>Period</translation>
  </message>
  <message>
   <source>销号的一条</source>
   <translation>Line to close</translation>
  </message>
  <message>
   <source>更正理由 *</source>
   <translation>Reason of the correction *</translation>
  </message>
  <message>
   <source>情况或理由 *</source>
   <translation>What was done, or the reason *</translation>
  </message>
  <message>
   <source>补录：不是现在发生的</source>
   <translation>Late entry: it did not happen now</translation>
  </message>
  <message>
   <source>“{table}”有一条没填完；请补全或清空。</source>
   <translation>A line of {table} is not complete: fill it in or empty it.</translation>
  </message>
  <message>
   <source>已记录：{0}</source>
   <translation>Recorded: {0}</translation>
  </message>
  <message>
   <source>按统计填写(&amp;F)</source>
   <translation>&amp;Fill in from figures</translation>
  </message>
  <message>
   <source>请先填写“{0}”。</source>
   <translation>Fill in {0} first.</translation>
  </message>
</context>
 <context>
  <name>RecordPage</name>
  <message>
   <source>代录：没有工作台的单位</source>
   <translation>Entered for bodies without a desk</translation>
  </message>
  <message>
   <source>{act}（代{body}）</source>
   <translation>{act} (for {body})</translation>
  </message>
  <message>
   <source>台账内容和办理经过</source>
   <translation>Content and course of the record</translation>
  </message>
  <message>
   <source>办理和期限</source>
   <translation>Steps and limits</translation>
  </message>
  <message>
   <source>正在打开…</source>
   <translation>Opening…</translation>
  </message>
  <message>
   <source>序号</source>
   <translation>No.</translation>
  </message>
  <message>
   <source>落实</source>
   <translation>Carried out</translation>
  </message>
  <message>
   <source>未销号</source>
   <translation>open</translation>
  </message>
  <message>
   <source>本单位事项而未到会，须会后告知：{0}</source>
   <translation>Absent from their own item, to be told afterwards: {0}</translation>
  </message>
  <message>
   <source>可以办理</source>
   <translation>What may be done</translation>
  </message>
  <message>
   <source>更正（另立一份）</source>
   <translation>Correct (a successor)</translation>
  </message>
  <message>
   <source>原记录保留，另立一份代替它</source>
   <translation>The record stays; a successor stands in its place</translation>
  </message>
  <message>
   <source>本单位现在没有要办的。</source>
   <translation>Nothing to do for this body now.</translation>
  </message>
 </context>
 <context>
  <name>RegistrationView</name>
  <message>
   <source>已公示或备案，可这样解释</source>
   <translation>Announced or filed: words to explain</translation>
  </message>
 </context>
 <context>
  <name>TodayView</name>
  <message>
   <source>有 {n} 件需核对：别处已先办理，本机的这一步没有算数，写的内容都在</source>
   <translation>To check: {n}. Others were first, this desk's step does not count; what you wrote is kept</translation>
  </message>
  <message>
   <source>去核对</source>
   <translation>Check now</translation>
  </message>
  <message>
   <source>打开台账，办理“{what}”</source>
   <translation>Open the record and take “{what}”</translation>
  </message>
 </context>
 <context>
  <name>ConflictDialog</name>
  <message>
   <source>核对：{0} {1}</source>
   <translation>Check: {0} {1}</translation>
  </message>
  <message>
   <source>这里做的</source>
   <translation>Done here</translation>
  </message>
  <message>
   <source>别处已有的</source>
   <translation>Done elsewhere meanwhile</translation>
  </message>
  <message>
   <source>理由（放弃时必填）</source>
   <translation>Reason (needed to let go)</translation>
  </message>
  <message>
   <source>以后再说(&amp;L)</source>
   <translation>&amp;Later</translation>
  </message>
  <message>
   <source>放弃(&amp;D)</source>
   <translation>Let go (&amp;D)</translation>
  </message>
  <message>
   <source>保留为备注(&amp;N)</source>
   <translation>Keep as &amp;note</translation>
  </message>
  <message>
   <source>重新办理(&amp;R)</source>
   <translation>Do it again (&amp;R)</translation>
  </message>
  <message>
   <source>{0}，{1}</source>
   <translation>{0}, {1}</translation>
  </message>
  <message>
   <source>{0} {1}，{2}</source>
   <translation>{0} {1}, {2}</translation>
  </message>
  <message>
   <source>没有别处的新记载。</source>
   <translation>Nothing new was done elsewhere.</translation>
  </message>
  <message>
   <source>放弃要写理由；写的内容仍会留存。</source>
   <translation>Letting go needs a reason; the text is kept all the same.</translation>
  </message>
 </context>
 <context>
  <name>JoinPage</name>
  <message>
   <source>请照管理员发的入网授权单填写。授权码只能用一次，72小时内有效。</source>
   <translation>Fill this in as the administrator's sheet says. The code holds once and for 72 hours.</translation>
  </message>
  <message>
   <source>人员编号</source>
   <translation>Person's id</translation>
  </message>
  <message>
   <source>授权码</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>测试连接(&amp;T)</source>
   <translation>&amp;Test the connection</translation>
  </message>
  <message>
   <source>入网</source>
   <translation>Join</translation>
  </message>
  <message>
   <source>这台电脑不联网：</source>
   <translation>This PC has no network:</translation>
  </message>
  <message>
   <source>导出入网申请(&amp;E)…</source>
   <translation>&amp;Export the request…</translation>
  </message>
  <message>
   <source>导入入网答复(&amp;I)…</source>
   <translation>&amp;Import the answer…</translation>
  </message>
 </context>
 <context>
  <name>SyncPage</name>
  <message>
   <source>移入原单机案件(&amp;B)…</source>
   <translation>&amp;Bring in cases of a desk alone…</translation>
  </message>
  <message>
   <source>入网以前单机登记的案件，核对以后移入全区数据库</source>
   <translation>Cases registered alone before joining: check them, then bring them into the district</translation>
  </message>
  <message>
   <source>导出同步包(&amp;E)…</source>
   <translation>&amp;Export a package…</translation>
  </message>
  <message>
   <source>不联网的电脑：把待上传的存成加密文件，用U盘送到数据库</source>
   <translation>A computer without a network: keep what waits in an encrypted file and carry it to the database</translation>
  </message>
  <message>
   <source>导入同步包(&amp;I)…</source>
   <translation>&amp;Import a package…</translation>
  </message>
  <message>
   <source>导入数据库答复的同步包；重复导入不要紧</source>
   <translation>Take the package that the database answered; taking it twice does no harm</translation>
  </message>
  <message>
   <source>导出同步包</source>
   <translation>Export a package</translation>
  </message>
  <message>
   <source>同步包.ldp</source>
   <translation>package.ldp</translation>
  </message>
  <message>
   <source>同步包已存好。</source>
   <translation>The package is saved.</translation>
  </message>
  <message>
   <source>导入同步包</source>
   <translation>Import a package</translation>
  </message>
  <message>
   <source>同步包已导入。</source>
   <translation>The package was taken.</translation>
  </message>
  <message>
   <source>同步与需核对事项</source>
   <translation>Sync and items to check</translation>
  </message>
  <message>
   <source>需核对事项</source>
   <translation>Items to check</translation>
  </message>
  <message>
   <source>待上传</source>
   <translation>To be sent</translation>
  </message>
  <message>
   <source>共享数据库</source>
   <translation>Shared database</translation>
  </message>
  <message>
   <source>已收到的内容</source>
   <translation>What has been received</translation>
  </message>
  <message>
   <source>立即同步(&amp;S)</source>
   <translation>&amp;Synchronise now</translation>
  </message>
  <message>
   <source>只在我按下时同步（省流量、慢线路）</source>
   <translation>Only when I press it (slow or metered lines)</translation>
  </message>
  <message>
   <source>操作</source>
   <translation>Act</translation>
  </message>
  <message>
   <source>做的人</source>
   <translation>Done by</translation>
  </message>
  <message>
   <source>时间</source>
   <translation>When</translation>
  </message>
  <message>
   <source>为什么</source>
   <translation>Why</translation>
  </message>
  <message>
   <source>还在等什么</source>
   <translation>What it waits for</translation>
  </message>
  <message>
   <source>已收 {0}/{1}</source>
   <translation>{0} of {1} received</translation>
  </message>
  <message>
   <source>新登记</source>
   <translation>New registration</translation>
  </message>
  <message>
   <source>这些操作和别处的记载对不上，全文都在；选一行按回车，左右对照后决定。</source>
   <translation>These acts do not fit what was done elsewhere; their text is all here. Choose a line, press Enter, compare and decide.</translation>
  </message>
  <message>
   <source>没有需要核对的。</source>
   <translation>Nothing is to be checked.</translation>
  </message>
  <message>
   <source>已保存在本机并加密，按“立即同步”后上传。</source>
   <translation>Kept here, encrypted; sent when you press Synchronise now.</translation>
  </message>
  <message>
   <source>附件最后传：还有 {0} 个待传、{1} 个待收。</source>
   <translation>Files go last: {0} to be sent, {1} to come.</translation>
  </message>
  <message>
   <source>现在只在您按“立即同步”时同步。</source>
   <translation>It synchronises only when you press the button.</translation>
  </message>
  <message>
   <source>已保存在本机并加密，连上后自动上传。</source>
   <translation>Kept here, encrypted; sent by themselves when there is a line.</translation>
  </message>
  <message>
   <source>全部已上传。</source>
   <translation>Everything is sent.</translation>
  </message>
  <message>
   <source>正在同步…</source>
   <translation>Synchronising…</translation>
  </message>
  <message>
   <source>本机没有入网，不同步。</source>
   <translation>This desk is no member of a district and does not synchronise.</translation>
  </message>
  <message>
   <source>上次同步 {0}。</source>
   <translation>Last synchronised {0}.</translation>
  </message>
  <message>
   <source>还没有同步过。</source>
   <translation>Not synchronised yet.</translation>
  </message>
  <message>
   <source>第一次同步还在进行，可以先办已收到的案件。</source>
   <translation>The first synchronisation is still under way; cases that are here can be worked on.</translation>
  </message>
  <message>
   <source>待上传 {0} 件，最早的在 {1}。</source>
   <translation>{0} to be sent, the oldest of {1}.</translation>
  </message>
  <message>
   <source>没有待上传的。</source>
   <translation>Nothing waits to be sent.</translation>
  </message>
 </context>
 <context>
  <name>AlarmBar</name>
  <message>
   <source>打开案件</source>
   <translation>Open the case</translation>
  </message>
  <message>
   <source>应答</source>
   <translation>Answer</translation>
  </message>
  <message>
   <source>已应答：{0}</source>
   <translation>Answered: {0}</translation>
  </message>
  <message>
   <source>{what}：{number}　{title}　自 {since}</source>
   <translation>{what}: {number} {title} since {since}</translation>
  </message>
  <message>
   <source>　另有 {n} 件</source>
   <translation> and {n} more</translation>
  </message>
  <message>
   <source>告警：{0}</source>
   <translation>Alarm: {0}</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>在新窗口打开(&amp;W)</source>
   <translation>Open in its own window (&amp;O)</translation>
  </message>
  <message>
   <source>把这件案件放进自己的窗口，和别的案件对照</source>
   <translation>Put this case into a window of its own, to compare</translation>
  </message>
 </context>
 <context>
  <name>CallsPage</name>
  <message>
   <source>待回访的案件</source>
   <translation>Cases to revisit</translation>
  </message>
  <message>
   <source>编号和对象</source>
   <translation>Number and object</translation>
  </message>
  <message>
   <source>已拨打</source>
   <translation>Called</translation>
  </message>
  <message>
   <source>待回访 {n} 件以上</source>
   <translation>More than {n} to revisit</translation>
  </message>
  <message>
   <source>待回访 {n} 件</source>
   <translation>{n} to revisit</translation>
  </message>
  <message>
   <source>{n} 次
{last}</source>
   <translation>× {n}
{last}</translation>
  </message>
  <message>
   <source>回访内容</source>
   <translation>The return visit</translation>
  </message>
  <message>
   <source>回访电话单</source>
   <translation>Return visits by telephone</translation>
  </message>
  <message>
   <source>现在没有待回访的案件。</source>
   <translation>No case waits for a return visit.</translation>
  </message>
  <message>
   <source>没有留电话</source>
   <translation>No telephone number left</translation>
  </message>
  <message>
   <source>联系方式：{0}</source>
   <translation>Contact: {0}</translation>
  </message>
  <message>
   <source>承办单位：{body}　现在：{state}</source>
   <translation>Handled by {body} · now: {state}</translation>
  </message>
  <message>
   <source>打开案件(&amp;E)</source>
   <translation>Op&amp;en the case</translation>
  </message>
  <message>
   <source>下一位(&amp;X)</source>
   <translation>Ne&amp;xt</translation>
  </message>
  <message>
   <source>投诉内容和已作的答复</source>
   <translation>The complaint and what was answered</translation>
  </message>
  <message>
   <source>办结反馈：{0}</source>
   <translation>Feedback: {0}</translation>
  </message>
  <message>
   <source>还没有对投诉人的答复。</source>
   <translation>The complainant was not answered yet.</translation>
  </message>
  <message>
   <source>已回访 {n} 次</source>
   <translation>Visits so far: {n}</translation>
  </message>
  <message>
   <source>联系到</source>
   <translation>reached</translation>
  </message>
  <message>
   <source>没有联系到</source>
   <translation>not reached</translation>
  </message>
  <message>
   <source>（不再联系）</source>
   <translation> (last attempt)</translation>
  </message>
  <message>
   <source>本次回访</source>
   <translation>This visit</translation>
  </message>
  <message>
   <source>记录并到下一位(&amp;R)</source>
   <translation>&amp;Record and go to the next</translation>
  </message>
  <message>
   <source>联系到(&amp;1)</source>
   <translation>Reached (&amp;1)</translation>
  </message>
  <message>
   <source>没有联系到(&amp;2)</source>
   <translation>Not reached (&amp;2)</translation>
  </message>
  <message>
   <source>不再联系</source>
   <translation>Last attempt</translation>
  </message>
  <message>
   <source>原因</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>投诉人意见</source>
   <translation>What the complainant said</translation>
  </message>
  <message>
   <source>不满意的原因</source>
   <translation>Why dissatisfied</translation>
  </message>
  <message>
   <source>没有联系到的原因</source>
   <translation>Why nobody was reached</translation>
  </message>
  <message>
   <source>回访已记录。</source>
   <translation>The visit is recorded.</translation>
  </message>
  <message>
   <source>逐件回访(&amp;V)</source>
   <translation>Call one by one (&amp;V)</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>回访电话单(&amp;V)</source>
   <translation>Return &amp;visits</translation>
  </message>
  <message>
   <source>逐件回访：电话、已作的答复、三项评价，就地记录</source>
   <translation>Case by case: phone, what was answered, three ratings, recorded in place</translation>
  </message>
  <message>
   <source>下一件(&amp;X)</source>
   <translation>Next on the &amp;list</translation>
  </message>
  <message>
   <source>今日待办、列表或电话单上的下一件</source>
   <translation>The next one of Today, of the list or of the call list</translation>
  </message>
 </context>
 <context>
  <name>InquiryPage</name>
  <message>
   <source>编号、电话或姓名</source>
   <translation>Number, telephone or name</translation>
  </message>
  <message>
   <source>按编号、电话或姓名查找</source>
   <translation>Find by number, telephone or name</translation>
  </message>
  <message>
   <source>找到的案件</source>
   <translation>Cases found</translation>
  </message>
  <message>
   <source>可以告诉来电人的话</source>
   <translation>What the caller may be told</translation>
  </message>
  <message>
   <source>查询和催问</source>
   <translation>Inquiries</translation>
  </message>
  <message>
   <source>输入编号、电话或姓名，找到来电人问的案件。</source>
   <translation>Type a number, telephone or name to find the case that the caller means.</translation>
  </message>
  <message>
   <source>可以告诉来电人</source>
   <translation>The caller may be told</translation>
  </message>
  <message>
   <source>投诉人信息不对本单位显示，请不要核对或透露。</source>
   <translation>The complainant is not shown to your body: neither check nor tell who it is.</translation>
  </message>
  <message>
   <source>请先核对：{name}　{contact}</source>
   <translation>Check first: {name} {contact}</translation>
  </message>
  <message>
   <source>{number}　{title}　{state}</source>
   <translation>{number} {title} {state}</translation>
  </message>
  <message>
   <source>已催问 {n} 次，建议催办承办单位。</source>
   <translation>Times asked: {n}. Urging the handling body is proposed.</translation>
  </message>
  <message>
   <source>可以催办的单位：{0}</source>
   <translation>Who may urge: {0}</translation>
  </message>
  <message>
   <source>已催问 {n} 次</source>
   <translation>Asked so far: {n}</translation>
  </message>
  <message>
   <source>催问记录</source>
   <translation>The inquiry</translation>
  </message>
  <message>
   <source>来电人说的话</source>
   <translation>What the caller said</translation>
  </message>
  <message>
   <source>来电人说的话（可以不填）</source>
   <translation>What the caller said (may stay empty)</translation>
  </message>
  <message>
   <source>补充材料(&amp;T)</source>
   <translation>Add ma&amp;terial</translation>
  </message>
  <message>
   <source>记录第 {n} 次催问(&amp;R)</source>
   <translation>&amp;Record inquiry no. {n}</translation>
  </message>
  <message>
   <source>催问已记录。</source>
   <translation>The inquiry is recorded.</translation>
  </message>
  <message>
   <source>投诉人已催问 {n} 次</source>
   <translation>投诉人已催问 {n} 次</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>查询和催问(&amp;Q)</source>
   <translation>In&amp;quiries</translation>
  </message>
  <message>
   <source>来电人问办得怎样：可以告诉的话，记录催问</source>
   <translation>A caller asks how it stands: what may be told, the inquiry recorded</translation>
  </message>
 </context>
 <context>
  <name>UndoDialog</name>
  <message>
   <source>收回</source>
   <translation>Take back</translation>
  </message>
  <message>
   <source>不能收回</source>
   <translation>Cannot be taken back</translation>
  </message>
  <message>
   <source>记入“{by}”，原来的记载保留。</source>
   <translation>“{by}” is recorded; what was recorded first stays.</translation>
  </message>
  <message>
   <source>理由（可以不填）</source>
   <translation>Reason (may stay empty)</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>没有可以收回的办理。</source>
   <translation>There is nothing to take back.</translation>
  </message>
  <message>
   <source>收回“{act}”（{n} 件一起）</source>
   <translation>Take back “{act}” (cases together: {n})</translation>
  </message>
  <message>
   <source>收回“{act}”</source>
   <translation>Take back “{act}”</translation>
  </message>
  <message>
   <source>等 {n} 件</source>
   <translation> and others, {n} in all</translation>
  </message>
  <message>
   <source>知道了</source>
   <translation>OK</translation>
  </message>
  <message>
   <source>已收回：{act}</source>
   <translation>Taken back: {act}</translation>
  </message>
  <message>
   <source>已更正</source>
   <translation>struck</translation>
  </message>
  <message>
   <source>收回上一步(&amp;U)…</source>
   <translation>Take back the last step (&amp;U)…</translation>
  </message>
  <message>
   <source>说明刚才的办理能不能收回；能收回的，另记一条</source>
   <translation>Says whether the last act can be taken back; if so, another entry is written</translation>
  </message>
 </context>
 <context>
  <name>OversightPage</name>
  <message>
   <source>各单位</source>
   <translation>Bodies</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Body</translation>
  </message>
  <message>
   <source>未结</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>逾期</source>
   <translation>Late</translation>
  </message>
  <message>
   <source>打开(&amp;E)</source>
   <translation>Op&amp;en</translation>
  </message>
  <message>
   <source>逾期的事项</source>
   <translation>What is late</translation>
  </message>
  <message>
   <source>案件</source>
   <translation>Case</translation>
  </message>
  <message>
   <source>责任单位</source>
   <translation>Responsible</translation>
  </message>
  <message>
   <source>逾期事项</source>
   <translation>Limit</translation>
  </message>
  <message>
   <source>已逾期</source>
   <translation>Late by</translation>
  </message>
  <message>
   <source>已采取</source>
   <translation>Ordered</translation>
  </message>
  <message>
   <source>督查总览</source>
   <translation>Oversight</translation>
  </message>
  <message>
   <source>全部单位</source>
   <translation>All bodies</translation>
  </message>
  <message>
   <source>最长期限内</source>
   <translation>Outer limit</translation>
  </message>
  <message>
   <source>
在最长期限内</source>
   <translation>
inside the outer limit</translation>
  </message>
  <message>
   <source>{name}：{n} 项逾期</source>
   <translation>{name}: {n} late</translation>
  </message>
  <message>
   <source>督查总览(&amp;O)</source>
   <translation>&amp;Oversight</translation>
  </message>
  <message>
   <source>各单位的未结和逾期，责任单位，催办、督办、挂牌督办</source>
   <translation>All bodies, what is late and whose it is; urging, supervision, listing</translation>
  </message>
 </context>
 <context>
  <name>PapersCard</name>
  <message>
   <source>已收回执</source>
   <translation>Receipt came back</translation>
  </message>
  <message>
   <source>文书</source>
   <translation>Papers</translation>
  </message>
  <message>
   <source>待编文号</source>
   <translation>number to be typed</translation>
  </message>
  <message>
   <source>已盖章</source>
   <translation>sealed</translation>
  </message>
  <message>
   <source>已印{n}次</source>
   <translation>printed {n}×</translation>
  </message>
  <message>
   <source>其他文书（{n}）</source>
   <translation>Other papers ({n})</translation>
  </message>
 </context>
 <context>
  <name>Workplace</name>
  <message>
   <source>今天还没有移出的移送单。</source>
   <translation>No slip was sent today.</translation>
  </message>
  <message>
   <source>今天的移送单（{n}件）</source>
   <translation>Today's slips ({n})</translation>
  </message>
 </context>
 <context>
  <name>DirectoryPage</name>
  <message>
   <source>单位、姓名、电话或拼音首字母</source>
   <translation>Body, name, telephone or pinyin initials</translation>
  </message>
  <message>
   <source>按单位、姓名、电话或拼音首字母查找</source>
   <translation>Find by body, name, telephone or pinyin initials</translation>
  </message>
  <message>
   <source>热线</source>
   <translation>Hotline</translation>
  </message>
  <message>
   <source>联络员</source>
   <translation>Liaisons</translation>
  </message>
  <message>
   <source>单位的电话和人员</source>
   <translation>Numbers and people of the body</translation>
  </message>
  <message>
   <source>通讯录</source>
   <translation>Directory</translation>
  </message>
  <message>
   <source>{number}（未核实）</source>
   <translation>{number} (not verified)</translation>
  </message>
  <message>
   <source>没有找到。</source>
   <translation>Nothing found.</translation>
  </message>
  <message>
   <source>人员</source>
   <translation>People</translation>
  </message>
  <message>
   <source>本机名册里没有这个单位的人员。</source>
   <translation>The roster of this desk has nobody of that body.</translation>
  </message>
  <message>
   <source>原名：{name}（至 {day}）</source>
   <translation>Formerly {name} (until {day})</translation>
  </message>
  <message>
   <source>属于{0}</source>
   <translation>Part of {0}</translation>
  </message>
  <message>
   <source>没有自己的工作台：签收、受理、回复由首接单位代录。</source>
   <translation>Has no desk of its own: the first receiver enters its acts.</translation>
  </message>
  <message>
   <source>未核实，请勿拨打</source>
   <translation>Not verified: do not dial</translation>
  </message>
  <message>
   <source>复制号码</source>
   <translation>Copy the number</translation>
  </message>
  <message>
   <source>复制号码 {0}</source>
   <translation>Copy {0}</translation>
  </message>
  <message>
   <source>通讯录(&amp;P)</source>
   <translation>Direc&amp;tory</translation>
  </message>
  <message>
   <source>各单位的热线、联络员和领导，可按拼音首字母查找</source>
   <translation>Hotlines, liaisons and leaders of every body, also by pinyin initials</translation>
  </message>
  <message>
   <source>办理、文书、命令、案件、人员（可用拼音首字母）</source>
   <translation>Acts, papers, commands, cases, people</translation>
  </message>
  <message>
   <source>命令、案件或人员</source>
   <translation>Command, case or person</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>签批夹(&amp;0)</source>
   <translation>Papers to sign (&amp;0)</translation>
  </message>
  <message>
   <source>等待领导签批的移送单、回复和代录，逐件看、逐件签</source>
   <translation>Slips, replies and entries that wait for the leader: seen and signed one by one</translation>
  </message>
  <message>
   <source>写回复(&amp;R)</source>
   <translation>Write the &amp;reply</translation>
  </message>
  <message>
   <source>打开这件案件的回复稿，旁边是案情</source>
   <translation>Open the reply of this case beside its facts</translation>
  </message>
  <message>
   <source>存为一版(&amp;V)</source>
   <translation>Keep as &amp;version</translation>
  </message>
  <message>
   <source>把现在的回复稿存为一版，可以和别的版本比较</source>
   <translation>Keep the text as a version that can be compared with others</translation>
  </message>
  <message>
   <source>送审(&amp;E)</source>
   <translation>Submit for approval (&amp;E)</translation>
  </message>
  <message>
   <source>把回复稿送领导签发</source>
   <translation>Send the reply to the leader for approval</translation>
  </message>
  <message>
   <source>送会签(&amp;Q)…</source>
   <translation>Have it co-sig&amp;ned…</translation>
  </message>
  <message>
   <source>把送审的回复稿送别的单位会签，对方只看到文稿</source>
   <translation>Send the submitted reply to another body to be co-signed: it reads the text only</translation>
  </message>
  <message>
   <source>同意并看下一件(&amp;G)</source>
   <translation>A&amp;gree and see the next</translation>
  </message>
  <message>
   <source>签批夹：同意这一件，接着看下一件</source>
   <translation>Papers to sign: agree to this one and go to the next</translation>
  </message>
  <message>
   <source>退回并写意见(&amp;T)</source>
   <translation>Return &amp;with comments</translation>
  </message>
  <message>
   <source>签批夹：选中一段文字，写意见后退回</source>
   <translation>Papers to sign: choose a passage, comment on it, return the paper</translation>
  </message>
  <message>
   <source>已在纸上签(&amp;Z)</source>
   <translation>Signed on paper (&amp;Z)</translation>
  </message>
  <message>
   <source>签批夹：领导已在纸上签批，附扫描件</source>
   <translation>Papers to sign: the leader signed on paper, with the scan</translation>
  </message>
  <message>
   <source>电话请示(&amp;D)</source>
   <translation>Agree&amp;d by telephone</translation>
  </message>
  <message>
   <source>签批夹：领导在电话里同意，记下号码和原话</source>
   <translation>Papers to sign: the leader agreed by telephone; number and words are kept</translation>
  </message>
  <message>
   <source>同类全部同意(&amp;Y)</source>
   <translation>Agree to all of this kind (&amp;Y)</translation>
  </message>
  <message>
   <source>签批夹：这一类逐件看过以后，一起同意</source>
   <translation>Papers to sign: agree to all of a kind once each was seen</translation>
  </message>
 </context>
 <context>
  <name>FolderPage</name>
  <message>
   <source>案情</source>
   <translation>The case</translation>
  </message>
  <message>
   <source>跳过这一步(&amp;K)…</source>
   <translation>S&amp;kip this step…</translation>
  </message>
  <message>
   <source>跳过这一步</source>
   <translation>Skip this step</translation>
  </message>
  <message>
   <source>跳过的理由（记入发文稿纸）：</source>
   <translation>Why it is skipped (stands on the drafting sheet):</translation>
  </message>
  <message>
   <source>请写明跳过的理由</source>
   <translation>Say why it is skipped</translation>
  </message>
  <message>
   <source>已跳过：{0}</source>
   <translation>Skipped: {0}</translation>
  </message>
  <message>
   <source>等待签批的文件</source>
   <translation>Papers that wait for a signature</translation>
  </message>
  <message>
   <source>文件全文</source>
   <translation>The whole paper</translation>
  </message>
  <message>
   <source>退回：写明要改什么</source>
   <translation>Return: say what is to be changed</translation>
  </message>
  <message>
   <source>修改意见</source>
   <translation>Comment</translation>
  </message>
  <message>
   <source>再写一条(&amp;M)</source>
   <translation>One &amp;more</translation>
  </message>
  <message>
   <source>退回(&amp;B)</source>
   <translation>Return (&amp;B)</translation>
  </message>
  <message>
   <source>同意并看下一件(&amp;A)</source>
   <translation>&amp;Agree, next</translation>
  </message>
  <message>
   <source>退回并写意见(&amp;T)</source>
   <translation>Re&amp;turn with comments</translation>
  </message>
  <message>
   <source>已在纸上签(&amp;Z)…</source>
   <translation>Signed on paper (&amp;Z)…</translation>
  </message>
  <message>
   <source>电话请示(&amp;D)…</source>
   <translation>By telephone (&amp;D)…</translation>
  </message>
  <message>
   <source>同类全部同意(&amp;Y)</source>
   <translation>All of this kind (&amp;Y)</translation>
  </message>
  <message>
   <source>看案件(&amp;O)</source>
   <translation>&amp;Open the case</translation>
  </message>
  <message>
   <source>签批夹</source>
   <translation>Papers to sign</translation>
  </message>
  <message>
   <source>已同意：{0}</source>
   <translation>Agreed: {0}</translation>
  </message>
  <message>
   <source>已同意 {n} 件</source>
   <translation>{n} agreed</translation>
  </message>
  <message>
   <source>对“{quote}”：</source>
   <translation>On “{quote}”:</translation>
  </message>
  <message>
   <source>请写明要改什么</source>
   <translation>Say what is to be changed</translation>
  </message>
  <message>
   <source>已记下有异议：{0}</source>
   <translation>Objection recorded: {0}</translation>
  </message>
  <message>
   <source>已退回：{0}</source>
   <translation>Returned: {0}</translation>
  </message>
  <message>
   <source>已看</source>
   <translation>seen</translation>
  </message>
  <message>
   <source>未看</source>
   <translation>not seen</translation>
  </message>
  <message>
   <source>没有等待签批的文件。</source>
   <translation>Nothing waits for a signature.</translation>
  </message>
  <message>
   <source>　经办：{who}</source>
   <translation>  by {who}</translation>
  </message>
  <message>
   <source>　以您的名义录入，请确认是否属实</source>
   <translation>  entered in your name: is it true?</translation>
  </message>
  <message>
   <source>待签批 {n} 件（{each}）；已看 {seen}，已办 {done}</source>
   <translation>{n} to sign ({each}); {seen} seen, {done} done</translation>
  </message>
  <message>
   <source>待签批 {n} 件；已办 {done}</source>
   <translation>{n} to sign; {done} done</translation>
  </message>
  <message>
   <source>属实，看下一件(&amp;A)</source>
   <translation>True, next (&amp;A)</translation>
  </message>
  <message>
   <source>打开办理(&amp;A)…</source>
   <translation>Open it (&amp;A)…</translation>
  </message>
  <message>
   <source>有异议(&amp;T)</source>
   <translation>Objec&amp;t</translation>
  </message>
 </context>
 <context>
  <name>CrashDialog</name>
  <message>
   <source>上次没有正常退出</source>
   <translation>It did not end well last time</translation>
  </message>
  <message>
   <source>上次使用时程序意外停止了。</source>
   <translation>The program stopped unexpectedly when it was last used.</translation>
  </message>
  <message>
   <source>已登记的案件都在；正在输入的文字最多少了最后两秒。</source>
   <translation>All registered cases are there; of what was being typed at most the last two seconds are missing.</translation>
  </message>
  <message>
   <source>如果再次发生，请保存诊断文件交给技术人员。里面没有任何人的个人信息，程序自己不会发送。</source>
   <translation>Should it happen again, save the diagnosis and give it to those who help. It holds nothing about any person, and the program sends nothing by itself.</translation>
  </message>
  <message>
   <source>停止的位置</source>
   <translation>Where it stopped</translation>
  </message>
  <message>
   <source>复制(&amp;C)</source>
   <translation>&amp;Copy</translation>
  </message>
  <message>
   <source>保存诊断文件(&amp;S)…</source>
   <translation>&amp;Save the diagnosis…</translation>
  </message>
  <message>
   <source>知道了(&amp;O)</source>
   <translation>&amp;OK</translation>
  </message>
 </context>
 <context>
  <name>RepairDialog</name>
  <message>
   <source>修复</source>
   <translation>Repair</translation>
  </message>
  <message>
   <source>打不开，或者忘了口令</source>
   <translation>It does not open, or the pass-phrase is forgotten</translation>
  </message>
  <message>
   <source>这里的每一步都不删除数据。先保存诊断文件，再往下做，技术人员更容易帮上忙。</source>
   <translation>No step here deletes data. Save the diagnosis first: then those who help can see more.</translation>
  </message>
  <message>
   <source>忘了口令：用恢复单重设</source>
   <translation>Forgotten pass-phrase: a new one by the recovery sheet</translation>
  </message>
  <message>
   <source>恢复单是建立本机时打印、封存的那一页，有八组字符。重设后原来的口令作废，案件都在。</source>
   <translation>The recovery sheet is the page with eight groups that was printed and sealed when this desk was founded. The old pass-phrase ends, all cases stay.</translation>
  </message>
  <message>
   <source>人员</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>恢复单的八组字符</source>
   <translation>The eight groups of the recovery sheet</translation>
  </message>
  <message>
   <source>八组依次输入，不分大小写</source>
   <translation>All eight, in order</translation>
  </message>
  <message>
   <source>恢复单</source>
   <translation>Recovery sheet</translation>
  </message>
  <message>
   <source>重设口令(&amp;R)</source>
   <translation>&amp;Reset the pass-phrase</translation>
  </message>
  <message>
   <source>请输入恢复单上的八组字符。</source>
   <translation>Type the eight groups of the recovery sheet.</translation>
  </message>
  <message>
   <source>已重设。现在可以用新的口令进入；恢复单请照旧封存。</source>
   <translation>Done. Enter with the new pass-phrase; seal the recovery sheet again.</translation>
  </message>
  <message>
   <source>正在重设…</source>
   <translation>Resetting…</translation>
  </message>
  <message>
   <source>列表不对：校验、重建</source>
   <translation>Lists look wrong: check, rebuild</translation>
  </message>
  <message>
   <source>校验读一遍全部记载，什么也不改。重建把列表、计数和搜索从记载重新算出来，记载本身不改。</source>
   <translation>Checking reads every entry and changes nothing. Rebuilding makes lists, counts and search anew from the entries; the entries stay as they are.</translation>
  </message>
  <message>
   <source>由谁打开</source>
   <translation>Opened by</translation>
  </message>
  <message>
   <source>PIN 或口令</source>
   <translation>PIN or pass-phrase</translation>
  </message>
  <message>
   <source>校验(&amp;V)</source>
   <translation>Chec&amp;k</translation>
  </message>
  <message>
   <source>重建(&amp;B)</source>
   <translation>Re&amp;build</translation>
  </message>
  <message>
   <source>校验完毕：{0} 条记载，全部相符。</source>
   <translation>Checked, all in order. Entries: {0}.</translation>
  </message>
  <message>
   <source>有 {0} 处记载与它们的校验值不符。请停止使用本机，保存诊断文件，用备份恢复。</source>
   <translation>Entries that do not match their hashes: {0}. Stop using this desk, save the diagnosis, restore a backup.</translation>
  </message>
  <message>
   <source>记载完好，但列表有 {0} 处与记载不符。请重建。</source>
   <translation>The entries are sound, but the lists differ from them (places: {0}). Rebuild.</translation>
  </message>
  <message>
   <source>正在校验…</source>
   <translation>Checking…</translation>
  </message>
  <message>
   <source>已重建，共 {0} 行。</source>
   <translation>Rebuilt, rows: {0}.</translation>
  </message>
  <message>
   <source>正在重建，案件多时要几分钟…</source>
   <translation>Rebuilding; with many cases it takes some minutes…</translation>
  </message>
  <message>
   <source>数据文件坏了：用备份恢复</source>
   <translation>Damaged data file: restore a backup</translation>
  </message>
  <message>
   <source>现在的数据文件不删除，移到数据文件夹里的 set-aside 文件夹。联网的终端恢复后会重新取回备份以后的内容；没有同步过的内容只在移开的文件里。</source>
   <translation>The present file is not deleted but moved to a set-aside folder beside it. A desk of a district fetches again what came after the backup; what was never synchronised is only in the file set aside.</translation>
  </message>
  <message>
   <source>选择备份文件(&amp;K)…</source>
   <translation>Choose a bac&amp;kup…</translation>
  </message>
  <message>
   <source>选择备份文件</source>
   <translation>Choose a backup</translation>
  </message>
  <message>
   <source>备份 (*.backup *.zip);;所有文件 (*)</source>
   <translation>Backups (*.backup *.zip);;All files (*)</translation>
  </message>
  <message>
   <source>原来的数据在 {0}。</source>
   <translation>The former data are in {0}.</translation>
  </message>
  <message>
   <source>已从备份恢复。</source>
   <translation>Restored from the backup. </translation>
  </message>
  <message>
   <source>正在恢复…</source>
   <translation>Restoring…</translation>
  </message>
  <message>
   <source>请技术人员帮忙</source>
   <translation>Ask for help</translation>
  </message>
  <message>
   <source>诊断文件只有版本、日志和出错位置，没有任何人的个人信息。数据位置：{home}</source>
   <translation>The diagnosis holds versions, the log and places of errors, nothing about any person. Data: {home}</translation>
  </message>
  <message>
   <source>保存诊断文件(&amp;S)…</source>
   <translation>&amp;Save the diagnosis…</translation>
  </message>
  <message>
   <source>打开数据文件夹(&amp;D)</source>
   <translation>Open the &amp;data folder</translation>
  </message>
  <message>
   <source>保存诊断文件</source>
   <translation>Save the diagnosis</translation>
  </message>
  <message>
   <source>正在保存…</source>
   <translation>Saving…</translation>
  </message>
  <message>
   <source>已保存：{0}</source>
   <translation>Saved: {0}</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
 </context>
 <context>
  <name>ReplyPage</name>
  <message>
   <source>办理环节</source>
   <translation>Steps</translation>
  </message>
  <message>
   <source>案情</source>
   <translation>The case</translation>
  </message>
  <message>
   <source>回复稿、各版本和信函预览</source>
   <translation>Text, versions and letter</translation>
  </message>
  <message>
   <source>正文</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>各版本</source>
   <translation>Versions</translation>
  </message>
  <message>
   <source>信函预览</source>
   <translation>Letter</translation>
  </message>
  <message>
   <source>回复类别</source>
   <translation>Kind of reply</translation>
  </message>
  <message>
   <source>范文</source>
   <translation>Template</translation>
  </message>
  <message>
   <source>套用范文(&amp;U)</source>
   <translation>&amp;Use template</translation>
  </message>
  <message>
   <source>回复正文</source>
   <translation>Text of the reply</translation>
  </message>
  <message>
   <source>存为一版(&amp;K)</source>
   <translation>&amp;Keep as version</translation>
  </message>
  <message>
   <source>与上一版的不同：＋增加，－删去</source>
   <translation>Differences from the version before: ＋ added, － taken out</translation>
  </message>
  <message>
   <source>回复　{number}</source>
   <translation>Reply  {number}</translation>
  </message>
  <message>
   <source>回复</source>
   <translation>Reply</translation>
  </message>
  <message>
   <source>已发出：{what}</source>
   <translation>Sent: {what}</translation>
  </message>
  <message>
   <source>已送审</source>
   <translation>submitted</translation>
  </message>
  <message>
   <source>已签发</source>
   <translation>approved</translation>
  </message>
  <message>
   <source>被退回</source>
   <translation>returned</translation>
  </message>
  <message>
   <source>已发出</source>
   <translation>sent</translation>
  </message>
  <message>
   <source>第{n}版　{when}　{who}</source>
   <translation>Version {n}  {when}  {who}</translation>
  </message>
  <message>
   <source>已送审，待办：{step}</source>
   <translation>Submitted; to come: {step}</translation>
  </message>
  <message>
   <source>已送审，等待签发</source>
   <translation>Submitted, awaits approval</translation>
  </message>
  <message>
   <source>已签发，文字不能改动</source>
   <translation>Approved: the text stands</translation>
  </message>
  <message>
   <source>被退回，请修改</source>
   <translation>Returned, to be revised</translation>
  </message>
  <message>
   <source>拟稿中</source>
   <translation>Draft</translation>
  </message>
  <message>
   <source>新的回复</source>
   <translation>New reply</translation>
  </message>
  <message>
   <source>反馈(&amp;E)…</source>
   <translation>Fe&amp;ed back…</translation>
  </message>
  <message>
   <source>送审(&amp;E)</source>
   <translation>Submit (&amp;E)</translation>
  </message>
  <message>
   <source>发出回复(&amp;E)…</source>
   <translation>S&amp;end the reply…</translation>
  </message>
  <message>
   <source>草稿已自动保存</source>
   <translation>Draft kept</translation>
  </message>
  <message>
   <source>还没有正文</source>
   <translation>There is no text yet</translation>
  </message>
  <message>
   <source>还有 {n} 处待填</source>
   <translation>Places still to be filled: {n}</translation>
  </message>
  <message>
   <source>已送审，等待领导签发</source>
   <translation>Submitted: the leader has it</translation>
  </message>
  <message>
   <source>已存为一版</source>
   <translation>Kept as a version</translation>
  </message>
  <message>
   <source>退回意见：{comment}</source>
   <translation>Comment: {comment}</translation>
  </message>
  <message>
   <source>待填、疑点和批注</source>
   <translation>To fill, doubts and comments</translation>
  </message>
  <message>
   <source>批注：{words}</source>
   <translation>Comment: {words}</translation>
  </message>
  <message>
   <source>（对“{quote}”）</source>
   <translation> (on “{quote}”)</translation>
  </message>
  <message>
   <source>待填：{what}</source>
   <translation>To fill: {what}</translation>
  </message>
  <message>
   <source>“{words}”：案件里是“{known}”，请核对</source>
   <translation>“{words}”: the case has “{known}”</translation>
  </message>
  <message>
   <source>正文没有称呼投诉人“{known}”</source>
   <translation>The text does not address the complainant “{known}”</translation>
  </message>
  <message>
   <source>“{words}”：案件里没有这个日期，请核对</source>
   <translation>“{words}”: the case has no such date</translation>
  </message>
  <message>
   <source>“{words}”：没有这一天</source>
   <translation>“{words}”: there is no such day</translation>
  </message>
  <message>
   <source>“{words}”：案件里没有这个号码，请核对</source>
   <translation>“{words}”: the case has no such number</translation>
  </message>
  <message>
   <source>“{words}”：案件里没有这个数字，请核对</source>
   <translation>“{words}”: the case has no such figure</translation>
  </message>
 </context>
 <context>
  <name>TodayView</name>
  <message>
   <source>签批夹里有 {n} 件</source>
   <translation>Papers to sign: {n}</translation>
  </message>
  <message>
   <source>，其中 {n} 件是别人以您的名义录入、等您确认</source>
   <translation>, {n} of them entered in your name and to be confirmed</translation>
  </message>
  <message>
   <source>打开签批夹</source>
   <translation>Open the papers</translation>
  </message>
 </context>
 <context>
  <name>FolderPage</name>
  <message>
   <source>{caption}：{words}</source>
   <translation>{caption}: {words}</translation>
  </message>
 </context>
 <context>
  <name>BringInDialog</name>
  <message>
   <source>旧案移入</source>
   <translation>Bring in old cases</translation>
  </message>
  <message>
   <source>移入原单机工作台的案件</source>
   <translation>Bring in the cases of a desk that worked alone</translation>
  </message>
  <message>
   <source>案件作为资料移入，带旧号和原来的期限；原文件夹从此只能查看。重复移入不会重复登记。</source>
   <translation>Cases come in as data with their old numbers and limits; the old folder can only be read from then on. Repeating adds nothing.</translation>
  </message>
  <message>
   <source>原工作台的文件夹</source>
   <translation>Folder of the old desk</translation>
  </message>
  <message>
   <source>原工作台的 PIN 或口令</source>
   <translation>Its PIN or pass-phrase</translation>
  </message>
  <message>
   <source>选择(&amp;F)…</source>
   <translation>Choose &amp;folder…</translation>
  </message>
  <message>
   <source>预览(&amp;P)</source>
   <translation>&amp;Preview</translation>
  </message>
  <message>
   <source>原单位或人员</source>
   <translation>Old body or person</translation>
  </message>
  <message>
   <source>本区对应</source>
   <translation>In this district</translation>
  </message>
  <message>
   <source>移入进度</source>
   <translation>Progress</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>停止(&amp;T)</source>
   <translation>S&amp;top</translation>
  </message>
  <message>
   <source>移入(&amp;I)</source>
   <translation>Bring &amp;in</translation>
  </message>
  <message>
   <source>旧号</source>
   <translation>Old number</translation>
  </message>
  <message>
   <source>投诉对象</source>
   <translation>Object</translation>
  </message>
  <message>
   <source>原进度</source>
   <translation>Stood at</translation>
  </message>
  <message>
   <source>移入后</source>
   <translation>Comes in as</translation>
  </message>
  <message>
   <source>说明</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>正在读取…</source>
   <translation>Reading…</translation>
  </message>
  <message>
   <source>已在本机</source>
   <translation>Here already</translation>
  </message>
  <message>
   <source>共 {0} 件，可移入 {1} 件；改了对应后请再预览。</source>
   <translation>Cases: {0}, of which {1} can come in. Preview again after changing a match.</translation>
  </message>
  <message>
   <source>（没有对应）</source>
   <translation>(nobody)</translation>
  </message>
  <message>
   <source>正在移入…</source>
   <translation>Bringing in…</translation>
  </message>
  <message>
   <source>移入 {0} 件，原已移入 {1} 件，留在存档 {2} 件。</source>
   <translation>{0} brought in, {1} here before, {2} stay in the archive.</translation>
  </message>
  <message>
   <source>已停止；再次移入会接着做。</source>
   <translation> Stopped: bringing in again goes on from here.</translation>
  </message>
 </context>
 <context>
  <name>ChangeSecretDialog</name>
  <message>
   <source>换口令：{0}</source>
   <translation>Change the secret of {0}</translation>
  </message>
  <message>
   <source>只换您本人打开这台电脑的 PIN 或口令。</source>
   <translation>Only your own PIN or pass-phrase for this computer changes.</translation>
  </message>
  <message>
   <source>现在的 PIN 或口令</source>
   <translation>Present PIN or pass-phrase</translation>
  </message>
  <message>
   <source>新的</source>
   <translation>New one</translation>
  </message>
  <message>
   <source>再输入一次</source>
   <translation>Once more</translation>
  </message>
  <message>
   <source>更换</source>
   <translation>Change</translation>
  </message>
  <message>
   <source>两次输入的不一样，请把第二次重新输入。</source>
   <translation>The two differ: type the second one again.</translation>
  </message>
 </context>
 <context>
  <name>NewSheetDialog</name>
  <message>
   <source>新恢复单</source>
   <translation>New recovery sheet</translation>
  </message>
  <message>
   <source>原来的恢复单立即作废。其他同事下次登录后，也能用新的恢复单找回。</source>
   <translation>The old sheet is void at once. Your colleagues are on the new one from their next sign-in.</translation>
  </message>
  <message>
   <source>您的 PIN 或口令</source>
   <translation>Your PIN or pass-phrase</translation>
  </message>
  <message>
   <source>生成，旧的作废</source>
   <translation>Issue; the old one is void</translation>
  </message>
 </context>
 <context>
  <name>EntryDialog</name>
  <message>
   <source>名册新增人员</source>
   <translation>Enter a person</translation>
  </message>
  <message>
   <source>更正、调动：{0}</source>
   <translation>Correct or move: {0}</translation>
  </message>
  <message>
   <source>名册是全区的，须连着共享数据库才能登记；登记以后各单位都按新的办理。</source>
   <translation>The roster is the district's: it is written only while the shared database answers, and every body goes by it from then on.</translation>
  </message>
  <message>
   <source>姓名</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>职务（可不填）</source>
   <translation>Title (optional)</translation>
  </message>
  <message>
   <source>电话（可不填）</source>
   <translation>Telephone (optional)</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Body</translation>
  </message>
  <message>
   <source>职责</source>
   <translation>Duties</translation>
  </message>
  <message>
   <source>换了单位就是调动：他到新单位的工作台上办理，在原单位没有上传的内容转入原单位的需核对事项。</source>
   <translation>Another body means that he moves: he works on at a desk of the new body; what he did here and was not sent goes to the items to check of the old one.</translation>
  </message>
  <message>
   <source>登记</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>请填写姓名。</source>
   <translation>Fill in the name.</translation>
  </message>
  <message>
   <source>请至少勾选一项职责。</source>
   <translation>Tick one duty at least.</translation>
  </message>
 </context>
 <context>
  <name>ChargeDialog</name>
  <message>
   <source>案件编号</source>
   <translation>Case</translation>
  </message>
  <message>
   <source>投诉对象</source>
   <translation>Object</translation>
  </message>
  <message>
   <source>现状</source>
   <translation>State</translation>
  </message>
  <message>
   <source>最近到期</source>
   <translation>Next due</translation>
  </message>
  <message>
   <source>经办</source>
   <translation>In charge</translation>
  </message>
  <message>
   <source>在办案件</source>
   <translation>Open cases</translation>
  </message>
  <message>
   <source>返回</source>
   <translation>Back</translation>
  </message>
  <message>
   <source>交接清单(&amp;P)…</source>
   <translation>&amp;Print the list…</translation>
  </message>
  <message>
   <source>{0}（代办至{1}）</source>
   <translation>{0} (until {1})</translation>
  </message>
  <message>
   <source>交接清单</source>
   <translation>Hand-over list</translation>
  </message>
 </context>
 <context>
  <name>HandOverDialog</name>
  <message>
   <source>移交在办案件</source>
   <translation>Hand open cases over</translation>
  </message>
  <message>
   <source>移交人</source>
   <translation>From</translation>
  </message>
  <message>
   <source>接收人</source>
   <translation>To</translation>
  </message>
  <message>
   <source>移交原因</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>调离</source>
   <translation>Moved</translation>
  </message>
  <message>
   <source>出差</source>
   <translation>Away on business</translation>
  </message>
  <message>
   <source>休假</source>
   <translation>On leave</translation>
  </message>
  <message>
   <source>分工调整</source>
   <translation>Work divided anew</translation>
  </message>
  <message>
   <source>只是代办，到这一天为止：</source>
   <translation>Only standing in, until the end of:</translation>
  </message>
  <message>
   <source>代办至</source>
   <translation>Standing in until</translation>
  </message>
  <message>
   <source>移交(&amp;T)</source>
   <translation>&amp;Hand over</translation>
  </message>
  <message>
   <source>请写移交原因。</source>
   <translation>Give the reason.</translation>
  </message>
  <message>
   <source>请选接收人。</source>
   <translation>Choose who takes over.</translation>
  </message>
  <message>
   <source>{0}（在办 {1} 件）</source>
   <translation>{0} ({1} open)</translation>
  </message>
  <message>
   <source>以下 {0} 件全部移交；接收人在今日待办里看到并接收。</source>
   <translation>All cases below ({0}) are handed over; the other sees it among his work of today and takes them.</translation>
  </message>
  <message>
   <source>他名下没有在办案件。</source>
   <translation>He is in charge of no open case.</translation>
  </message>
  <message>
   <source>已移交 {0} 件。可以打印交接清单，由双方签名。</source>
   <translation>Cases handed over: {0}. Print the list for both to sign.</translation>
  </message>
 </context>
 <context>
  <name>ReceiveDialog</name>
  <message>
   <source>接收移交</source>
   <translation>Take over</translation>
  </message>
  <message>
   <source>确认接收(&amp;T)</source>
   <translation>&amp;Take them over</translation>
  </message>
  <message>
   <source>{0}移交给您 {1} 件：{2}。</source>
   <translation>{0} hands cases over to you ({1}): {2}.</translation>
  </message>
  <message>
   <source>代办至{0}，以后自动回到原经办人。</source>
   <translation> You stand in until {0}, then they go back by themselves.</translation>
  </message>
  <message>
   <source>已接收。</source>
   <translation>Taken over.</translation>
  </message>
 </context>
 <context>
  <name>Dropping</name>
  <message>
   <source>文件读不出来；没有归档。</source>
   <translation>The file cannot be read; nothing was filed.</translation>
  </message>
  <message>
   <source>没有认出是哪件案件的文书；请打开案件，把文件拖到案件页上。</source>
   <translation>No case was recognised; open the case and drop the file on its page.</translation>
  </message>
  <message>
   <source>截图 {0:%Y%m%d-%H%M%S}.png</source>
   <translation>screenshot {0:%Y%m%d-%H%M%S}.png</translation>
  </message>
 </context>
 <context>
  <name>PrintStyleDialog</name>
  <message>
   <source>记住</source>
   <translation>Remember</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>打印测试页(&amp;T)…</source>
   <translation>Print a &amp;test page…</translation>
  </message>
  <message>
   <source>双面打印</source>
   <translation>Both sides</translation>
  </message>
  <message>
   <source>份数</source>
   <translation>Copies</translation>
  </message>
  <message>
   <source>三联</source>
   <translation>Parts</translation>
  </message>
  <message>
   <source>241毫米三联压感纸</source>
   <translation>241 mm three-ply paper</translation>
  </message>
  <message>
   <source>三联各印一张</source>
   <translation>A sheet for each part</translation>
  </message>
  <message>
   <source>三联印在一张A4纸上</source>
   <translation>Three parts on one A4 sheet</translation>
  </message>
  <message>
   <source>向上移（毫米）</source>
   <translation>Move up (mm)</translation>
  </message>
  <message>
   <source>向右移（毫米）</source>
   <translation>Move right (mm)</translation>
  </message>
  <message>
   <source>用纸</source>
   <translation>Paper</translation>
  </message>
  <message>
   <source>传真版：全黑，二维码加大</source>
   <translation>Fax: all black, larger QR</translation>
  </message>
  <message>
   <source>红头纸套打：红色部分不印</source>
   <translation>Pre-printed heads: red parts are left out</translation>
  </message>
  <message>
   <source>白纸，全部印出</source>
   <translation>Plain paper, everything printed</translation>
  </message>
  <message>
   <source>只对“{0}”有效，以后都这样打印。</source>
   <translation>Only for “{0}”; it is printed so from now on.</translation>
  </message>
  <message>
   <source>打印设置：{0}</source>
   <translation>Print settings: {0}</translation>
  </message>
 </context>
 <context>
  <name>BooksPage</name>
  <message>
   <source>共 {n} 件</source>
   <translation>{n} line(s)</translation>
  </message>
  <message>
   <source>（作废）{0}</source>
   <translation>(void) {0}</translation>
  </message>
  <message>
   <source>Excel / WPS 表格 (*.xlsx);;CSV (*.csv)</source>
   <translation>Excel / WPS workbook (*.xlsx);;CSV (*.csv)</translation>
  </message>
  <message>
   <source>导出登记簿</source>
   <translation>Export the register</translation>
  </message>
  <message>
   <source>已保存：{0}</source>
   <translation>Saved: {0}</translation>
  </message>
  <message>
   <source>登记簿</source>
   <translation>Registers</translation>
  </message>
  <message>
   <source>打印(&amp;P)…</source>
   <translation>&amp;Print…</translation>
  </message>
  <message>
   <source>导出(&amp;X)…</source>
   <translation>E&amp;xport…</translation>
  </message>
  <message>
   <source>打开(&amp;E)</source>
   <translation>&amp;Open</translation>
  </message>
  <message>
   <source>文号、单位、事由</source>
   <translation>Number, body, subject</translation>
  </message>
  <message>
   <source>到哪天</source>
   <translation>Until</translation>
  </message>
  <message>
   <source>从哪天</source>
   <translation>From</translation>
  </message>
  <message>
   <source>哪一本登记簿</source>
   <translation>Which register</translation>
  </message>
 </context>
 <context>
  <name>SettingsDialog</name>
  <message>
   <source>否</source>
   <translation>no</translation>
  </message>
  <message>
   <source>是</source>
   <translation>yes</translation>
  </message>
  <message>
   <source>{n} 分钟</source>
   <translation>{n} minutes</translation>
  </message>
  <message>
   <source>颜色</source>
   <translation>Colours</translation>
  </message>
  <message>
   <source>跟随系统时，系统换成深色，窗口也换成深色。</source>
   <translation>When it follows the system, the window turns dark with it.</translation>
  </message>
  <message>
   <source>跟随系统</source>
   <translation>follow the system</translation>
  </message>
  <message>
   <source>浅色</source>
   <translation>light</translation>
  </message>
  <message>
   <source>深色</source>
   <translation>dark</translation>
  </message>
  <message>
   <source>大字</source>
   <translation>Large type</translation>
  </message>
  <message>
   <source>全部文字用16磅；小屏幕上也看得全。</source>
   <translation>All words in 16 pt; nothing is cut on a small screen.</translation>
  </message>
  <message>
   <source>语言</source>
   <translation>Language</translation>
  </message>
  <message>
   <source>界面的语言；文书总是中文。草稿不受影响。</source>
   <translation>The language of the window; papers are always Chinese. Drafts stay.</translation>
  </message>
  <message>
   <source>自动锁定</source>
   <translation>Automatic lock</translation>
  </message>
  <message>
   <source>多久没有操作就回到选人的页面；草稿会保留。</source>
   <translation>After how long without work the choice of persons comes back; drafts stay.</translation>
  </message>
  <message>
   <source>不自动锁定</source>
   <translation>never lock by itself</translation>
  </message>
  <message>
   <source>只在我按下时同步</source>
   <translation>Synchronise only when I press it</translation>
  </message>
  <message>
   <source>线路慢或者按流量收费时用；平时自动同步。单机和演示没有同步。</source>
   <translation>For slow or metered lines; otherwise it goes by itself. A desk alone and a demo do not synchronise.</translation>
  </message>
  <message>
   <source>列表显示的列</source>
   <translation>Columns of the lists</translation>
  </message>
  <message>
   <source>在列表里用“选择列”改；这里可以恢复成原来的列。</source>
   <translation>Changed in a list by 'Columns'; here they can be set back.</translation>
  </message>
  <message>
   <source>常用筛选</source>
   <translation>Saved filters</translation>
  </message>
  <message>
   <source>在列表里保存的筛选；恢复默认就全部删去。</source>
   <translation>Filters saved in lists; setting back removes them all.</translation>
  </message>
  <message>
   <source>窗口的大小和位置</source>
   <translation>Size and place of the window</translation>
  </message>
  <message>
   <source>每块屏幕各记一份；恢复默认后下次按原来的大小打开。</source>
   <translation>Kept for each screen; set back, it opens as at first.</translation>
  </message>
  <message>
   <source>设置</source>
   <translation>Settings</translation>
  </message>
  <message>
   <source>找设置：颜色、锁定、语言…</source>
   <translation>Find a setting: colours, lock, language…</translation>
  </message>
  <message>
   <source>找设置</source>
   <translation>Find a setting</translation>
  </message>
  <message>
   <source>全部恢复默认(&amp;R)</source>
   <translation>Set all back (&amp;R)</translation>
  </message>
  <message>
   <source>恢复默认</source>
   <translation>Set back</translation>
  </message>
  <message>
   <source>恢复默认：{name}</source>
   <translation>Set back: {name}</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>关闭窗口时</source>
   <translation>Closing the window</translation>
  </message>
  <message>
   <source>留在通知区域时，同步和紧急事项的提醒继续；要退出用“文件→退出”。系统没有通知区域时，关闭就是退出。</source>
   <translation>While it stays in the tray, synchronising and urgent alarms go on; leave with File → Quit. Without a tray, closing quits.</translation>
  </message>
  <message>
   <source>退出程序</source>
   <translation>Quits the program</translation>
  </message>
  <message>
   <source>留在通知区域</source>
   <translation>Stays in the tray</translation>
  </message>
  <message>
   <source>普通提醒</source>
   <translation>Ordinary reminders</translation>
  </message>
  <message>
   <source>窗口不在前面时，在通知区域说今天到期几件、逾期几件，不出现案件和姓名。紧急事项总会提醒。</source>
   <translation>While the window is behind, the tray says how many are due today and overdue, without a case or a name. Urgent matters always ring.</translation>
  </message>
  <message>
   <source>最近打开的案件</source>
   <translation>Recent cases</translation>
  </message>
  <message>
   <source>只在本机加密数据里记编号；恢复默认就清空。</source>
   <translation>Only ids, in the encrypted data of this computer; the default clears them.</translation>
  </message>
 </context>
 <context>
  <name>PaperFields</name>
  <message>
   <source>新栏</source>
   <translation>New field</translation>
  </message>
  <message>
   <source>手写</source>
   <translation>by hand</translation>
  </message>
  <message>
   <source>必有</source>
   <translation>Required</translation>
  </message>
  <message>
   <source>内容来源</source>
   <translation>Source</translation>
  </message>
  <message>
   <source>固定文字</source>
   <translation>Fixed words</translation>
  </message>
  <message>
   <source>栏名</source>
   <translation>Caption</translation>
  </message>
  <message>
   <source>删一栏</source>
   <translation>Take a field out</translation>
  </message>
  <message>
   <source>加一栏</source>
   <translation>Add a field</translation>
  </message>
  <message>
   <source>栏下移</source>
   <translation>Field down</translation>
  </message>
  <message>
   <source>栏上移</source>
   <translation>Field up</translation>
  </message>
  <message>
   <source>没有内容时写</source>
   <translation>Said when empty</translation>
  </message>
  <message>
   <source>存根联上</source>
   <translation>On the stub</translation>
  </message>
  <message>
   <source>移送联上</source>
   <translation>On the slip</translation>
  </message>
  <message>
   <source>回执联上</source>
   <translation>On the receipt</translation>
  </message>
  <message>
   <source>不印</source>
   <translation>not printed</translation>
  </message>
  <message>
   <source>三分之一行</source>
   <translation>a third of a line</translation>
  </message>
  <message>
   <source>半行</source>
   <translation>half a line</translation>
  </message>
  <message>
   <source>整行</source>
   <translation>a whole line</translation>
  </message>
  <message>
   <source>文书上的各栏</source>
   <translation>Fields of the paper</translation>
  </message>
 </context>
 <context>
  <name>PaperFormDialog</name>
  <message>
   <source>填好</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>没有填的，纸上留空，用笔填写。</source>
   <translation>What is left empty stays a place for the pen.</translation>
  </message>
  <message>
   <source>填写文书</source>
   <translation>Fill the paper</translation>
  </message>
 </context>
 <context>
  <name>GuideDialog</name>
  <message>
   <source>使用指南</source>
   <translation>Guide</translation>
  </message>
  <message>
   <source>章节</source>
   <translation>Chapters</translation>
  </message>
  <message>
   <source>正文</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>快捷键一览(&amp;S)…</source>
   <translation>&amp;Shortcuts…</translation>
  </message>
 </context>
 <context>
  <name>KeySheet</name>
  <message>
   <source>命令</source>
   <translation>Command</translation>
  </message>
  <message>
   <source>键</source>
   <translation>Key</translation>
  </message>
  <message>
   <source>做什么</source>
   <translation>What it does</translation>
  </message>
 </context>
 <context>
  <name>RecentDialog</name>
  <message>
   <source>最近打开的案件</source>
   <translation>Recent cases</translation>
  </message>
  <message>
   <source>还没有打开过案件。</source>
   <translation>No case was opened yet.</translation>
  </message>
 </context>
 <context>
  <name>Tray</name>
  <message>
   <source>打开工作台</source>
   <translation>Open the desk</translation>
  </message>
  <message>
   <source>锁定</source>
   <translation>Lock</translation>
  </message>
  <message>
   <source>退出</source>
   <translation>Quit</translation>
  </message>
  <message>
   <source>联络员工作台还在运行</source>
   <translation>Liaison Desk goes on</translation>
  </message>
  <message>
   <source>点这里的图标打开窗口；要退出，请用“文件→退出”。</source>
   <translation>Click this icon to open the window; to leave, use File → Quit.</translation>
  </message>
  <message>
   <source>联络员工作台　今天到期 {today} 件，逾期 {late} 件</source>
   <translation>Liaison Desk: {today} due today, {late} overdue</translation>
  </message>
  <message>
   <source>{n} 件等待本单位应答，最早自 {since}。</source>
   <translation>{n} wait for an answer of your body, the first since {since}.</translation>
  </message>
  <message>
   <source>紧急事项</source>
   <translation>Urgent</translation>
  </message>
  <message>
   <source>今日待办</source>
   <translation>Today</translation>
  </message>
  <message>
   <source>今天到期 {today} 件，逾期 {late} 件。</source>
   <translation>{today} due today, {late} overdue.</translation>
  </message>
 </context>
 <context>
  <name>WhyDialog</name>
  <message>
   <source>依据：{0}</source>
   <translation>Rule: {0}</translation>
  </message>
  <message>
   <source>依据：{id}　{title}</source>
   <translation>Rule: {id}  {title}</translation>
  </message>
  <message>
   <source>（{source}）</source>
   <translation> ({source})</translation>
  </message>
  <message>
   <source>出处：{0}</source>
   <translation>Source: {0}</translation>
  </message>
  <message>
   <source>机制里没有单独一行写它。</source>
   <translation>No line of the mechanism speaks of it by itself.</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>提请开会(&amp;K)…</source>
   <translation>Ask for a meeting (&amp;K)…</translation>
  </message>
  <message>
   <source>提议一次会议，本案件列为第一项议题</source>
   <translation>Propose a meeting; this case is its first item</translation>
  </message>
  <message>
   <source>会议日程(&amp;J)</source>
   <translation>Meetings (&amp;J)</translation>
  </message>
  <message>
   <source>应开的会议和还缺什么，议定事项落实到哪一步</source>
   <translation>Meetings that are due and what they lack, decisions and how far they are</translation>
  </message>
 </context>
 <context>
  <name>CallMeetingDialog</name>
  <message>
   <source>提请开会</source>
   <translation>Ask for a meeting</translation>
  </message>
  <message>
   <source>选一种会议；本案件列为第一项议题。</source>
   <translation>Choose a meeting; this case becomes its first item.</translation>
  </message>
  <message>
   <source>会议种类</source>
   <translation>Kinds of meetings</translation>
  </message>
  <message>
   <source>提请(&amp;P)…</source>
   <translation>Propose (&amp;P)…</translation>
  </message>
  <message>
   <source>本单位不能提请本机制的会议。</source>
   <translation>Your body cannot propose a meeting of this mechanism.</translation>
  </message>
 </context>
 <context>
  <name>MeetingsPage</name>
  <message>
   <source>本年应开和已提议的会议</source>
   <translation>Meetings due this year and proposed</translation>
  </message>
  <message>
   <source>应开时间</source>
   <translation>Due</translation>
  </message>
  <message>
   <source>时间和地点</source>
   <translation>Time and place</translation>
  </message>
  <message>
   <source>还缺什么</source>
   <translation>Still missing</translation>
  </message>
  <message>
   <source>议定事项落实情况</source>
   <translation>Decisions and how far they are</translation>
  </message>
  <message>
   <source>季度</source>
   <translation>Quarter</translation>
  </message>
  <message>
   <source>打印台账(&amp;P)</source>
   <translation>Print the table (&amp;P)</translation>
  </message>
  <message>
   <source>议定事项</source>
   <translation>Decision</translation>
  </message>
  <message>
   <source>牵头单位</source>
   <translation>Lead</translation>
  </message>
  <message>
   <source>落实情况</source>
   <translation>What was done</translation>
  </message>
  <message>
   <source>会议日程</source>
   <translation>Meetings</translation>
  </message>
  <message>
   <source>这次会议由召集单位提议。</source>
   <translation>The convening body proposes this meeting.</translation>
  </message>
 </context>
 <context>
  <name>QuickEntry</name>
  <message>
   <source>边听边记：回车记为要点，F4 记为议定事项</source>
   <translation>Type as people talk: Enter keeps a point, F4 a decision</translation>
  </message>
  <message>
   <source>如 gs</source>
   <translation>E.g. gs</translation>
  </message>
  <message>
   <source>如 hb sz</source>
   <translation>E.g. hb sz</translation>
  </message>
  <message>
   <source>如 10日内</source>
   <translation>E.g. 10-20</translation>
  </message>
  <message>
   <source>名称或拼音首字母，如 gs</source>
   <translation>Name or initials: gs</translation>
  </message>
  <message>
   <source>几个单位用空格隔开</source>
   <translation>Several, with spaces</translation>
  </message>
  <message>
   <source>月底、10日内、3个工作日、10月20日</source>
   <translation>10-20, 2026-10-20</translation>
  </message>
  <message>
   <source>记为要点</source>
   <translation>Keep as a point</translation>
  </message>
  <message>
   <source>记为议定事项(&amp;D)</source>
   <translation>Keep as a decision (&amp;D)</translation>
  </message>
  <message>
   <source>清空</source>
   <translation>Clear</translation>
  </message>
  <message>
   <source>牵头 {0}</source>
   <translation>Lead {0}</translation>
  </message>
  <message>
   <source>配合 {0}</source>
   <translation>With {0}</translation>
  </message>
  <message>
   <source>时限 {0}</source>
   <translation>By {0}</translation>
  </message>
  <message>
   <source>没有认出：{0}</source>
   <translation>Not understood: {0}</translation>
  </message>
 </context>
 <context>
  <name>RecordDialog</name>
  <message>
   <source>{0}。仍要这样安排，请再按一次“{1}”。</source>
   <translation>{0}. To arrange it so all the same press “{1}” once more.</translation>
  </message>
 </context>
 <context>
  <name>RecordPage</name>
  <message>
   <source>收回已盖章件(&amp;K)…</source>
   <translation>Sealed paper back (&amp;K)…</translation>
  </message>
  <message>
   <source>会议室：边开边记(&amp;R)</source>
   <translation>Meeting room: note as it goes (&amp;R)</translation>
  </message>
 </context>
 <context>
  <name>RecordScanDialog</name>
  <message>
   <source>选择收回的已盖章件</source>
   <translation>Choose the sealed paper that came back</translation>
  </message>
  <message>
   <source>收回已盖章件</source>
   <translation>Sealed paper back</translation>
  </message>
  <message>
   <source>是哪一份文书的已盖章件</source>
   <translation>Of which paper it is the sealed one</translation>
  </message>
  <message>
   <source>由二维码或文号认出。</source>
   <translation>Recognised by its QR or number. </translation>
  </message>
  <message>
   <source>没有认出是哪一份，请选择。</source>
   <translation>It was not recognised; choose the paper. </translation>
  </message>
  <message>
   <source>归档以后，查看和打印都用这一份。</source>
   <translation>Once filed it is what is shown and printed.</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>归档</source>
   <translation>File it</translation>
  </message>
  <message>
   <source>已归档：{0}</source>
   <translation>Filed: {0}</translation>
  </message>
  <message>
   <source>没有归档。</source>
   <translation>Nothing was filed.</translation>
  </message>
 </context>
 <context>
  <name>RoomPage</name>
  <message>
   <source>议程</source>
   <translation>Agenda</translation>
  </message>
  <message>
   <source>议题</source>
   <translation>Item</translation>
  </message>
  <message>
   <source>要点/议定</source>
   <translation>Noted</translation>
  </message>
  <message>
   <source>PgUp、PgDn 换议题；F6 参会，F8 回到输入</source>
   <translation>PgUp, PgDn: another item; F6: who is there, F8: back to the line</translation>
  </message>
  <message>
   <source>打开案件</source>
   <translation>Open the case</translation>
  </message>
  <message>
   <source>本议题的要点和议定事项</source>
   <translation>Points and decisions of this item</translation>
  </message>
  <message>
   <source>牵头和配合</source>
   <translation>Lead and supporting</translation>
  </message>
  <message>
   <source>提醒</source>
   <translation>Doubts</translation>
  </message>
  <message>
   <source>参会</source>
   <translation>Attendance</translation>
  </message>
  <message>
   <source>到会情况</source>
   <translation>How</translation>
  </message>
  <message>
   <source>须会后告知：{0}</source>
   <translation>To be told afterwards: {0}</translation>
  </message>
  <message>
   <source>主持：{0}</source>
   <translation>Chair: {0}</translation>
  </message>
  <message>
   <source>开会(&amp;O)</source>
   <translation>Open the meeting (&amp;O)</translation>
  </message>
  <message>
   <source>起草纪要(&amp;M)</source>
   <translation>Draft the minutes (&amp;M)</translation>
  </message>
  <message>
   <source>没有议程</source>
   <translation>No agenda</translation>
  </message>
  <message>
   <source>要点</source>
   <translation>Point</translation>
  </message>
  <message>
   <source>议定{0}</source>
   <translation>Decision {0}</translation>
  </message>
 </context>
 <context>
  <name>RoomPage</name>
  <message>
   <source>未回执</source>
   <translation>No answer yet</translation>
  </message>
 </context>
<context>
  <name>ComparedSheet</name>
 <message>
   <source>指标</source>
   <translation>Indicator</translation>
  </message>
  <message>
   <source>本期</source>
   <translation>This period</translation>
  </message>
  <message>
   <source>上期</source>
   <translation>Before</translation>
  </message>
  <message>
   <source>环比</source>
   <translation>Change</translation>
  </message>
  <message>
   <source>去年同期</source>
   <translation>A year before</translation>
  </message>
  <message>
   <source>同比</source>
   <translation>Change of the year</translation>
  </message>
  <message>
   <source>环比、同比</source>
   <translation>Compared</translation>
  </message>
  <message>
   <source>{0} {1}个百分点</source>
   <translation>{0} {1} points</translation>
  </message>
</context>
<context>
  <name>HeatSheet</name>
 <message>
   <source>镇街与来源</source>
   <translation>Towns and sources</translation>
  </message>
  <message>
   <source>镇街</source>
   <translation>Town</translation>
  </message>
  <message>
   <source>合计</source>
   <translation>Total</translation>
  </message>
</context>
 <context>
  <name>Moving</name>
  <message>
   <source>正在备份本机数据</source>
   <translation>Backing up the data</translation>
  </message>
  <message>
   <source>正在把本机数据换成新格式</source>
   <translation>Moving the data to the new format</translation>
  </message>
  <message>
   <source>{what}：第 {step} 步，共 {of} 步（本步 {share}%）</source>
   <translation>{what}: step {step} of {of} ({share} % of it)</translation>
  </message>
  <message>
   <source>案件多的要几分钟。数据不会丢；中途关了，下次打开接着做。</source>
   <translation>With many cases this takes some minutes. Nothing is lost; closed in between, it goes on the next time.</translation>
  </message>
 </context>
 <context>
  <name>ChainDialog</name>
  <message>
   <source>签发流程</source>
   <translation>Chain of signing</translation>
  </message>
  <message>
   <source>{body}的签发流程</source>
   <translation>Chain of signing: {body}</translation>
  </message>
  <message>
   <source>本单位自定的流程。</source>
   <translation>The chain that your body chose.</translation>
  </message>
  <message>
   <source>现在用全区的流程；在这里可以改成本单位的。</source>
   <translation>The district's chain holds now; here it can be made your body's own.</translation>
  </message>
  <message>
   <source>从上到下依次办理，最后一步是签发。不指定人的，由有权的人办；会签写明由哪个单位。</source>
   <translation>Taken from top to bottom; the last step signs. Without a name, whoever may takes it; co-signing names its body.</translation>
  </message>
  <message>
   <source>步骤</source>
   <translation>Step</translation>
  </message>
  <message>
   <source>A角</source>
   <translation>First</translation>
  </message>
  <message>
   <source>B角</source>
   <translation>Deputy</translation>
  </message>
  <message>
   <source>会签单位</source>
   <translation>Co-signing body</translation>
  </message>
  <message>
   <source>第{n}步：{what}</source>
   <translation>Step {n}: {what}</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>理由：依据什么文件或谁的决定</source>
   <translation>Reason: by which paper or whose decision</translation>
  </message>
  <message>
   <source>只有管理员可以改签发流程。</source>
   <translation>Only an administrator may change the chain.</translation>
  </message>
  <message>
   <source>改回全区的流程(&amp;R)</source>
   <translation>Back to the dist&amp;rict's chain</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>保存(&amp;S)</source>
   <translation>&amp;Save</translation>
  </message>
  <message>
   <source>签发流程已改，从现在起照此办理。</source>
   <translation>The chain was changed; it holds from now on.</translation>
  </message>
 </context>
 <context>
  <name>EraseDialog</name>
  <message>
   <source>到期删除个人信息：{0}</source>
   <translation>Erase the personal parts of {0}</translation>
  </message>
  <message>
   <source>投诉人、联系方式、内容、附件和草稿从本机彻底删除，不能恢复；办理经过、编号和校验值保留。备份和已印出的文书不在内，请另行处理。</source>
   <translation>Complainant, contact, words, files and drafts are erased from this PC for good; what was done, numbers and hashes stay. Backups and printed papers are not reached: see to them apart.</translation>
  </message>
  <message>
   <source>第二决定人</source>
   <translation>Second person</translation>
  </message>
  <message>
   <source>他本人的 PIN 或口令</source>
   <translation>His own PIN or pass-phrase</translation>
  </message>
  <message>
   <source>依据</source>
   <translation>Ground</translation>
  </message>
  <message>
   <source>例如：鉴定销毁清册第3号</source>
   <translation>E.g. destruction list no. 3</translation>
  </message>
  <message>
   <source>删除，不能恢复</source>
   <translation>Erase for good</translation>
  </message>
  <message>
   <source>须有第二人一起决定：本机还没有开通别的领导或管理员，请先在“工作人员”里开通。</source>
   <translation>A second person must decide with you: no other leader or administrator can open this desk yet; let one in under People first.</translation>
  </message>
  <message>
   <source>请写依据。</source>
   <translation>Write the ground.</translation>
  </message>
 </context>
 <context>
  <name>ChainCard</name>
  <message>
   <source>办理环节</source>
   <translation>Steps</translation>
  </message>
  <message>
   <source>{caption}：{words}</source>
   <translation>{caption}: {words}</translation>
  </message>
  <message>
   <source>待办</source>
   <translation>To come</translation>
  </message>
  <message>
   <source>送会签　{words}</source>
   <translation>Sent for co-signing  {words}</translation>
  </message>
  <message>
   <source>送会签(&amp;J)…</source>
   <translation>Have it co-si&amp;gned…</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>管理(&amp;A)</source>
   <translation>&amp;Administration</translation>
  </message>
  <message>
   <source>管理员的一天：各工作台、授权码、名册、放假安排、设置、备份、新版本通知</source>
   <translation>The administrator's day: desks, codes, roster, holidays, settings, backup, newer versions</translation>
  </message>
  <message>
   <source>新手导览(&amp;N)</source>
   <translation>Guided tour for &amp;newcomers</translation>
  </message>
  <message>
   <source>两分钟看一遍主要页面；随时离开，下次从那一步接着看</source>
   <translation>The main pages in two minutes; leave at any time and go on at that step</translation>
  </message>
 </context>
 <context>
  <name>AdministrationPage</name>
  <message>
   <source>管理</source>
   <translation>Administration</translation>
  </message>
  <message>
   <source>登录共享数据库</source>
   <translation>Sign in at the shared database</translation>
  </message>
  <message>
   <source>管理员角色</source>
   <translation>Administrator's role</translation>
  </message>
  <message>
   <source>管理员口令</source>
   <translation>Administrator's password</translation>
  </message>
  <message>
   <source>登录(&amp;G)</source>
   <translation>Si&amp;gn in</translation>
  </message>
  <message>
   <source>退出登录(&amp;X)</source>
   <translation>Sign out (&amp;X)</translation>
  </message>
  <message>
   <source>请填写管理员角色和口令。</source>
   <translation>Fill in role and password of the administrator.</translation>
  </message>
  <message>
   <source>正在连接…</source>
   <translation>Connecting…</translation>
  </message>
  <message>
   <source>已登录 {0}。离开本页就退出，口令不保存。</source>
   <translation>Signed in at {0}. Leaving this page signs out; the password is kept nowhere.</translation>
  </message>
  <message>
   <source>这台电脑用同步包交换，不直接连接共享数据库；请在服务器上用 liaison server 管理。</source>
   <translation>This PC exchanges packages and has no line to the shared database: administer it at the server with liaison server.</translation>
  </message>
  <message>
   <source>看各工作台、发授权码、登记名册要用管理员的角色登录 {0}。口令只在本页用，不保存。</source>
   <translation>Desks, codes and the roster need the administrator's role at {0}. The password is used on this page only and kept nowhere.</translation>
  </message>
  <message>
   <source>各工作台</source>
   <translation>Desks</translation>
  </message>
  <message>
   <source>程序版本</source>
   <translation>Program</translation>
  </message>
  <message>
   <source>上次同步</source>
   <translation>Last synchronised</translation>
  </message>
  <message>
   <source>发授权码(&amp;K)…</source>
   <translation>New &amp;code…</translation>
  </message>
  <message>
   <source>这台再开一人(&amp;E)…</source>
   <translation>Another p&amp;erson here…</translation>
  </message>
  <message>
   <source>给同单位另一个人发授权码，在选中的这台电脑上用</source>
   <translation>A code for another person of the same body, on the desk chosen</translation>
  </message>
  <message>
   <source>撤销这台(&amp;D)…</source>
   <translation>Revoke this &amp;desk…</translation>
  </message>
  <message>
   <source>{0}（旧）</source>
   <translation>{0} (old)</translation>
  </message>
  <message>
   <source>从未</source>
   <translation>never</translation>
  </message>
  <message>
   <source>{0} 等{1}人</source>
   <translation>{0} and others ({1})</translation>
  </message>
  <message>
   <source>已撤销</source>
   <translation>revoked</translation>
  </message>
  <message>
   <source>授权码已过期</source>
   <translation>code lapsed</translation>
  </message>
  <message>
   <source>授权码有效至 {0}</source>
   <translation>code valid until {0}</translation>
  </message>
  <message>
   <source>已有 {0} 天没有同步</source>
   <translation>not heard for {0} days</translation>
  </message>
  <message>
   <source>在用</source>
   <translation>in use</translation>
  </message>
  <message>
   <source>{0}：名册 {1} 人，案件 {2} 件，{3} MB，PostgreSQL {4}。</source>
   <translation>{0}: people in the roster: {1}; cases: {2}; {3} MB; PostgreSQL {4}.</translation>
  </message>
  <message>
   <source>看护服务在运行。</source>
   <translation>The watch service runs.</translation>
  </message>
  <message>
   <source>看护服务没有运行：请在服务器上启动 liaison server watch。</source>
   <translation>The watch service does not run: start liaison server watch at the server.</translation>
  </message>
  <message>
   <source>备份恢复以后还没有恢复发号（liaison server open-leases）。</source>
   <translation>After a restore no numbers are lent yet (liaison server open-leases).</translation>
  </message>
  <message>
   <source>名册</source>
   <translation>Roster</translation>
  </message>
  <message>
   <source>工作人员(&amp;P)…</source>
   <translation>&amp;People…</translation>
  </message>
  <message>
   <source>按表格登记(&amp;T)…</source>
   <translation>From a &amp;table…</translation>
  </message>
  <message>
   <source>表格每行一人，列名：编号、姓名、单位、职务、电话、角色；已有的人按表格更正，没有列出的人不变</source>
   <translation>One row a person; columns: id, name, body, title, phone, roles. Who is there already is corrected, who is not listed stays as he is</translation>
  </message>
  <message>
   <source>工作日历(&amp;W)…</source>
   <translation>&amp;Working days…</translation>
  </message>
  <message>
   <source>机制和设置</source>
   <translation>Mechanism and settings</translation>
  </message>
  <message>
   <source>机制、版本和设置(&amp;M)…</source>
   <translation>&amp;Mechanism, versions, settings…</translation>
  </message>
  <message>
   <source>备份</source>
   <translation>Backup</translation>
  </message>
  <message>
   <source>新版本通知</source>
   <translation>Newer versions</translation>
  </message>
  <message>
   <source>新版本的版本号，例如 0.2.0</source>
   <translation>Number of the newer version, such as 0.2.0</translation>
  </message>
  <message>
   <source>到哪里取安装包</source>
   <translation>Where the package is to be had</translation>
  </message>
  <message>
   <source>通知各工作台(&amp;N)</source>
   <translation>&amp;Tell the desks</translation>
  </message>
  <message>
   <source>收回通知(&amp;C)</source>
   <translation>Take it ba&amp;ck</translation>
  </message>
  <message>
   <source>已录入至 {0} 年。</source>
   <translation>Entered up to {0}.</translation>
  </message>
  <message>
   <source>{0} 年的放假通知公布后请录入；在那以前，该年的期限标为暂定。</source>
   <translation>Enter the notice of {0} when it is published; until then dates of that year are provisional.</translation>
  </message>
  <message>
   <source>现行 {0}。</source>
   <translation>In force: {0}.</translation>
  </message>
  <message>
   <source>已公布、尚未施行：{0}。</source>
   <translation>Published, not yet in force: {0}.</translation>
  </message>
  <message>
   <source>设置都按默认。</source>
   <translation>All settings stand at their defaults.</translation>
  </message>
  <message>
   <source>已选定的设置：{0} 项。</source>
   <translation>Settings that were chosen: {0}.</translation>
  </message>
  <message>
   <source>名册、日历和设置由管理员登记；您可以在这里查看。</source>
   <translation>Roster, calendar and settings are entered by an administrator; you may look.</translation>
  </message>
  <message>
   <source>名册共 {0} 人。</source>
   <translation>People in the roster: {0}.</translation>
  </message>
  <message>
   <source>有工作台、名册里还没有人的单位：{0}。</source>
   <translation>Bodies with a desk and nobody in the roster: {0}.</translation>
  </message>
  <message>
   <source>按表格登记要先登录。</source>
   <translation>Sign in before entering a table.</translation>
  </message>
  <message>
   <source>本机上次备份：{0}。</source>
   <translation>Last backup of this desk: {0}.</translation>
  </message>
  <message>
   <source>本机还没有备份过。</source>
   <translation>This desk was never backed up.</translation>
  </message>
  <message>
   <source>入网的工作台以共享数据库为准，备份以服务器的为主。</source>
   <translation>What is in the shared database is backed up there.</translation>
  </message>
  <message>
   <source>服务器没有归档日志：硬盘损坏会丢失上次全备份以后的内容，请按管理员说明第 7 节设置。</source>
   <translation>The server archives no log: a broken disk would lose what came after the last full backup. See section 7 of docs/ADMIN.md.</translation>
  </message>
  <message>
   <source>服务器归档失败（{0}），请看服务器的日志。</source>
   <translation>The server's archive failed ({0}): look into its log.</translation>
  </message>
  <message>
   <source>还没有</source>
   <translation>none yet</translation>
  </message>
  <message>
   <source>服务器上次归档：{0}；备用服务器 {1} 台。</source>
   <translation>Last archived at the server: {0}; standbys: {1}.</translation>
  </message>
  <message>
   <source>本机程序 {0}。</source>
   <translation>This program: {0}.</translation>
  </message>
  <message>
   <source>已通知的新版本：{0}。</source>
   <translation>Announced: {0}.</translation>
  </message>
  <message>
   <source>没有发出新版本通知。</source>
   <translation>No newer version was announced.</translation>
  </message>
  <message>
   <source>通知只是提示，各工作台照常使用，由各单位自己安装。</source>
   <translation>It is a notice only: every desk goes on, each office installs it itself.</translation>
  </message>
  <message>
   <source>单机没有人通知新版本；请留意发放安装包的单位。</source>
   <translation>Nobody announces newer versions to a desk alone: ask who hands out the packages.</translation>
  </message>
  <message>
   <source>名册表格</source>
   <translation>Roster table</translation>
  </message>
  <message>
   <source>表格 (*.xlsx *.xls *.csv)</source>
   <translation>Tables (*.xlsx *.xls *.csv)</translation>
  </message>
  <message>
   <source>读到 {0} 人，新增或更正 {1} 人。</source>
   <translation>People read: {0}; entered or corrected: {1}.</translation>
  </message>
  <message>
   <source>请填写版本号。</source>
   <translation>Fill in the number of the version.</translation>
  </message>
  <message>
   <source>已通知各工作台。</source>
   <translation>The desks are told.</translation>
  </message>
  <message>
   <source>通知已收回。</source>
   <translation>The notice is taken back.</translation>
  </message>
 </context>
 <context>
  <name>CodeDialog</name>
  <message>
   <source>发入网授权码</source>
   <translation>New authorisation code</translation>
  </message>
  <message>
   <source>授权码：{0}的这台电脑</source>
   <translation>Code for this desk of {0}</translation>
  </message>
  <message>
   <source>一码一次，72小时内有效。当面或用纸交给本人，不要用邮件或聊天软件发送；这里只显示这一次。</source>
   <translation>It holds once and for 72 hours. Hand it over by word or on paper, never by e-mail or chat; it is shown this once.</translation>
  </message>
  <message>
   <source>发码</source>
   <translation>Make the code</translation>
  </message>
  <message>
   <source>授权码：{0}</source>
   <translation>Code: {0}</translation>
  </message>
  <message>
   <source>给{0}，有效至 {1}。</source>
   <translation>For {0}, valid until {1}.</translation>
  </message>
  <message>
   <source>抄好了</source>
   <translation>I have copied it</translation>
  </message>
 </context>
 <context>
  <name>NewcomerBar</name>
  <message>
   <source>先离开</source>
   <translation>Leave for now</translation>
  </message>
  <message>
   <source>导览 {0}/{1}　{2}</source>
   <translation>Tour {0}/{1}　{2}</translation>
  </message>
  <message>
   <source>完成</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>导览停在第 {0} 步；从“帮助→新手导览”接着看。</source>
   <translation>The tour rests at step {0}; go on with Help → Guided tour.</translation>
  </message>
 </context>
 <context>
  <name>ReleaseBar</name>
  <message>
   <source>收起新版本通知</source>
   <translation>Put the notice away</translation>
  </message>
  <message>
   <source>有新版本 {0}（现在是 {1}），不装也照常使用。</source>
   <translation>There is version {0} (this is {1}); this one goes on working.</translation>
  </message>
  <message>
   <source>到这里取：{0}</source>
   <translation>To be had at: {0}</translation>
  </message>
 </context>
 <context>
  <name>RevokeDialog</name>
  <message>
   <source>撤销工作台：{0} {1}</source>
   <translation>Revoke the desk: {0} {1}</translation>
  </message>
  <message>
   <source>电脑丢失或报废时用：立即断开，不能再登录，机内数据在下次联系时关闭；没有上传的操作存成文件，可以由管理员取回。不能恢复，本人换电脑要另发授权码。</source>
   <translation>For a PC that is lost or scrapped: its sessions end at once, it cannot sign in again, its copy closes at the next contact; what it had not sent is laid into a file that an administrator can take. It cannot be undone; its person needs a new code for another PC.</translation>
  </message>
  <message>
   <source>撤销</source>
   <translation>Revoke</translation>
  </message>
  <message>
   <source>已撤销。</source>
   <translation>Revoked.</translation>
  </message>
 </context>
 <context>
  <name>Newcomer</name>
  <message>
   <source>今日待办</source>
   <translation>Today</translation>
  </message>
  <message>
   <source>一上班先看这里：要本单位办的事，最早到期的在最上面。选一行按回车，就打开那一步的表单。</source>
   <translation>Begin the day here: what your body has to do, earliest due first. Choose a line and press Enter: the form of that step opens.</translation>
  </message>
  <message>
   <source>列表</source>
   <translation>Lists</translation>
  </message>
  <message>
   <source>左边是各个列表和件数：待移送、待签收、逾期……用 Ctrl+1 到 Ctrl+9 直接打开。</source>
   <translation>The lists stand on the left with their counts: to send, to sign for, overdue … Ctrl+1 to Ctrl+9 open them.</translation>
  </message>
  <message>
   <source>查找和命令</source>
   <translation>Search and commands</translation>
  </message>
  <message>
   <source>上面的框按姓名、电话、地点、编号查找（Ctrl+F）。记不住命令时按 Ctrl+K，输入几个字就找得到。</source>
   <translation>The box above finds names, phones, places, numbers (Ctrl+F). Ctrl+K finds any command by a few letters.</translation>
  </message>
  <message>
   <source>一件投诉</source>
   <translation>A case</translation>
  </message>
  <message>
   <source>状态、期限和下一步在最上面，Ctrl+回车办理下一步。按 F1 看期限怎么算的、依据哪一条。没有案件时先看列表。</source>
   <translation>State, dates and the next step stand at the top; Ctrl+Enter takes it. F1 says how each date was counted and by which rule. Where there is no case yet, you see the list.</translation>
  </message>
  <message>
   <source>登记投诉</source>
   <translation>Register a complaint</translation>
  </message>
  <message>
   <source>左边照原话记录，右边填要素；程序说明由谁负责、为什么、到何时，拿不准的会问您。打的字随时自动保存。</source>
   <translation>The caller's words on the left, the facts on the right; the program says who is responsible, why and by when, and asks what is open. What you type is saved by itself.</translation>
  </message>
  <message>
   <source>签批夹</source>
   <translation>Papers to sign</translation>
  </message>
  <message>
   <source>移送单要领导批准：领导在这里逐件看、逐件签；批准以后有了编号，就可以打印、送出。</source>
   <translation>A slip needs the leader's word: he sees and signs one paper after the other here; once approved it has its number and can be printed and sent.</translation>
  </message>
  <message>
   <source>规则在哪里</source>
   <translation>Where the rules are</translation>
  </message>
  <message>
   <source>各部门的职责、移送决定表、时限和依据都在这一页，可以按字查找。</source>
   <translation>Duties, the routing table, limits and their grounds stand on this page and are found by words.</translation>
  </message>
  <message>
   <source>离开也不丢</source>
   <translation>Nothing is lost</translation>
  </message>
  <message>
   <source>最下面一行说数据在哪里、同步到什么时候。断网、断电都不丢；换人用右上角的姓名。指南在 Shift+F1。</source>
   <translation>The line below says where the data is and when it was last synchronised. Neither a cut line nor a power cut loses anything; your name above changes the person. The guide is at Shift+F1.</translation>
  </message>
 </context>
</TS>
